package dev.zhixing.chat.template;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Values as Python prints them. */
final class Printer {
  private static final int DEEPEST = 100;

  private Printer() {}

  /** The text of a value in the output, {@code str()} in Python. */
  static Text text(Value value, Budget budget) {
    return switch (value) {
      case Text text -> text;
      case Value.Undefined undefined -> Text.EMPTY;
      case Value.Items items -> shown(value, budget);
      case Value.Dict dict -> shown(value, budget);
      default -> Text.own(atom(value));
    };
  }

  static Text shown(Value value, Budget budget) {
    TextBuilder out = new TextBuilder(budget);
    show(value, out, 0);
    return out.toText();
  }

  private static String atom(Value value) {
    return switch (value) {
      case Value.None none -> "None";
      case Value.Bool bool -> bool.value() ? "True" : "False";
      case Value.Int number -> Long.toString(number.value());
      case Value.Real number -> real(number.value());
      case Value.Namespace namespace -> "<Namespace>";
      case Value.Callable callable -> "<function>";
      case Value.Undefined undefined -> "Undefined";
      case Text text -> text.characters();
      case Value.Items items -> "[...]";
      case Value.Dict dict -> "{...}";
    };
  }

  /** The shortest decimal that denotes the number, in Python's notation. */
  static String real(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    String shortest = Double.toString(value);
    int e = shortest.indexOf('E');
    double size = Math.abs(value);
    if (e < 0) {
      return shortest;
    }
    if (size >= 1e-4 && size < 1e16) {
      String plain = new java.math.BigDecimal(shortest).toPlainString();
      return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }
    String mantissa = shortest.substring(0, e);
    int exponent = Integer.parseInt(shortest.substring(e + 1));
    return (mantissa.endsWith(".0") ? mantissa.substring(0, mantissa.length() - 2) : mantissa)
        + (exponent < 0 ? "e-" : "e+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }

  /** {@code repr()} in Python. */
  private static void show(Value value, TextBuilder out, int depth) {
    if (depth > DEEPEST) {
      throw new TemplateException("print: expected values that nest at most 100 deep");
    }
    switch (value) {
      case Text text -> quote(text, out);
      case Value.Items items -> list(items, out, depth);
      case Value.Dict dict -> {
        out.own("{");
        Iterator<Map.Entry<Value, Value>> entries = dict.entries().entrySet().iterator();
        while (entries.hasNext()) {
          Map.Entry<Value, Value> entry = entries.next();
          show(entry.getKey(), out, depth + 1);
          out.own(": ");
          show(entry.getValue(), out, depth + 1);
          out.own(entries.hasNext() ? ", " : "");
        }
        out.own("}");
      }
      default -> out.own(atom(value));
    }
  }

  private static void list(Value.Items items, TextBuilder out, int depth) {
    List<Value> values = items.values();
    out.own(items.isTuple() ? "(" : "[");
    for (int i = 0; i < values.size(); i++) {
      out.own(i == 0 ? "" : ", ");
      show(values.get(i), out, depth + 1);
    }
    out.own(items.isTuple() ? values.size() == 1 ? ",)" : ")" : "]");
  }

  private static void quote(Text text, TextBuilder out) {
    String all = text.characters();
    String quote = all.indexOf('\'') >= 0 && all.indexOf('"') < 0 ? "\"" : "'";
    out.own(quote);
    char mark = text.mark();
    for (int i = 0; i < all.length(); i++) {
      char c = all.charAt(i);
      switch (c) {
        case '\\' -> out.append("\\\\", mark);
        case '\n' -> out.append("\\n", mark);
        case '\r' -> out.append("\\r", mark);
        case '\t' -> out.append("\\t", mark);
        default -> {
          if (quote.charAt(0) == c) {
            out.append("\\" + c, mark);
          } else if (c < ' ' || c == 0x7f) {
            out.append("\\x" + hex(c >> 4) + hex(c & 15), mark);
          } else {
            out.append(all.substring(i, i + 1), mark);
          }
        }
      }
    }
    out.own(quote);
  }

  static char hex(int digit) {
    return "0123456789abcdef".charAt(digit);
  }
}
