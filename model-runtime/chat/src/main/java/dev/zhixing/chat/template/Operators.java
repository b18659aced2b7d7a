package dev.zhixing.chat.template;

import java.util.ArrayList;
import java.util.List;

/** Arithmetic and what else has a sign between two values. */
final class Operators {
  private final Budget budget;

  Operators(Budget budget) {
    this.budget = budget;
  }

  Value apply(String operator, Value left, Value right) {
    return switch (operator) {
      case "~" -> join(Printer.text(left, budget), Printer.text(right, budget));
      case "+" -> add(left, right);
      case "*" -> multiply(left, right);
      case "%" ->
          left instanceof Text format ? format(format, right) : numbers(operator, left, right);
      default -> numbers(operator, left, right);
    };
  }

  private Text join(Text left, Text right) {
    budget.characters((long) left.length() + right.length());
    return left.length() == 0
        ? right
        : right.length() == 0
            ? left
            : new Text(
                left.characters().concat(right.characters()), left.marks().concat(right.marks()));
  }

  private Value add(Value left, Value right) {
    if (left instanceof Text a && right instanceof Text b) {
      return join(a, b);
    }
    if (left instanceof Value.Items a && right instanceof Value.Items b) {
      budget.steps((long) a.values().size() + b.values().size());
      List<Value> joined = new ArrayList<>(a.values());
      joined.addAll(b.values());
      return new Value.Items(joined, a.isTuple());
    }
    return numbers("+", left, right);
  }

  private Value multiply(Value left, Value right) {
    if (left instanceof Text text && right instanceof Value.Int) {
      if (text.length() == 0) {
        return text;
      }
      long times = Math.max(0, Values.integer(right, "*"));
      budget.characters(
          Math.multiplyHigh(times, text.length()) != 0
              ? Long.MAX_VALUE / 2
              : times * text.length());
      return new Text(text.characters().repeat((int) times), text.marks().repeat((int) times));
    }
    if (left instanceof Value.Int && right instanceof Text) {
      return multiply(right, left);
    }
    if (left instanceof Value.Items items && right instanceof Value.Int times) {
      List<Value> repeated = new ArrayList<>();
      for (long i = 0; i < times.value(); i++) {
        budget.steps(items.values().size() + 1L);
        repeated.addAll(items.values());
      }
      return new Value.Items(repeated, items.isTuple());
    }
    return numbers("*", left, right);
  }

  private static Value numbers(String operator, Value left, Value right) {
    Double x = Values.number(left);
    Double y = Values.number(right);
    if (x == null || y == null) {
      throw new TemplateException(
          operator
              + ": expected values that fit, found "
              + Values.typeName(left)
              + " and "
              + Values.typeName(right));
    }
    boolean divides = operator.equals("/") || operator.equals("//") || operator.equals("%");
    if (divides && y == 0) {
      throw new TemplateException(operator + ": expected a divisor other than zero");
    }
    boolean isWhole = !(left instanceof Value.Real) && !(right instanceof Value.Real);
    return isWhole && !operator.equals("/")
        ? whole(operator, Values.integer(left, operator), Values.integer(right, operator))
        : real(operator, x, y);
  }

  private static Value whole(String operator, long x, long y) {
    try {
      return switch (operator) {
        case "+" -> new Value.Int(Math.addExact(x, y));
        case "-" -> new Value.Int(Math.subtractExact(x, y));
        case "*" -> new Value.Int(Math.multiplyExact(x, y));
        case "//" -> new Value.Int(Math.floorDiv(x, y));
        case "%" -> new Value.Int(Math.floorMod(x, y));
        default ->
            y < 0 ? new Value.Real(Math.pow((double) x, (double) y)) : new Value.Int(power(x, y));
      };
    } catch (ArithmeticException e) {
      throw new TemplateException(operator + ": expected a result below 2^63, found a larger one");
    }
  }

  private static long power(long x, long y) {
    if (y > 63 && (x > 1 || x < -1)) {
      throw new ArithmeticException();
    }
    long result = 1;
    for (long i = 0; i < Math.min(y, 64 + (y & 1)); i++) {
      result = Math.multiplyExact(result, x);
    }
    return result;
  }

  private static Value real(String operator, double x, double y) {
    return new Value.Real(
        switch (operator) {
          case "+" -> x + y;
          case "-" -> x - y;
          case "*" -> x * y;
          case "/" -> x / y;
          case "//" -> Math.floor(x / y);
          case "%" -> x - y * Math.floor(x / y);
          default -> Math.pow(x, y);
        });
  }

  /** {@code 'text %s and %d' % values}. */
  Text format(Text format, Value values) {
    List<Value> given =
        values instanceof Value.Items items && items.isTuple() ? items.values() : List.of(values);
    TextBuilder out = new TextBuilder(budget);
    String all = format.characters();
    int used = 0;
    int from = 0;
    for (int i = all.indexOf('%'); i >= 0 && i + 1 < all.length(); i = all.indexOf('%', i + 2)) {
      out.append(format.slice(from, i));
      char kind = all.charAt(i + 1);
      from = i + 2;
      if (kind == '%') {
        out.append(format.slice(i, i + 1));
        continue;
      }
      if (used >= given.size()) {
        throw new TemplateException("%: expected a value for each place, found too few");
      }
      Value value = given.get(used++);
      switch (kind) {
        case 's' -> out.append(Printer.text(value, budget));
        case 'r' -> out.append(Printer.shown(value, budget));
        case 'd', 'i' -> out.own(Long.toString(Values.integer(value, "%d")));
        default ->
            throw new TemplateException("%: expected %s, %r, %d or %%, found '%" + kind + "'");
      }
    }
    return out.append(format.slice(from, all.length())).toText();
  }
}
