package dev.zhixing.chat.template;

import java.util.Locale;

/** The filters behind {@code |} that work on one value; those of lists are elsewhere. */
final class Filters {
  private final Budget budget;
  private final Operators operators;
  private final Questions tests;
  private final ListFilters lists;

  Filters(Budget budget, Attributes attributes, Operators operators) {
    this.budget = budget;
    this.operators = operators;
    this.tests = new Questions(budget);
    this.lists = new ListFilters(budget, attributes, this);
  }

  Questions tests() {
    return tests;
  }

  Value apply(String name, Value value, Arguments arguments) {
    return switch (name) {
      case "trim" ->
          StringMethods.strip(
              text(value), arguments.get(0, "chars", Value.NONE), true, true, budget);
      case "length", "count" -> new Value.Int(Values.length(value, budget));
      case "tojson" -> JsonPrinter.print(value, arguments, budget);
      case "string" -> text(value);
      case "safe" -> text(value);
      case "upper" -> text(value).mapped(text(value).characters().toUpperCase(Locale.ROOT));
      case "lower" -> text(value).mapped(text(value).characters().toLowerCase(Locale.ROOT));
      case "title" -> StringMethods.title(text(value));
      case "capitalize" -> StringMethods.capitalize(text(value));
      case "default", "d" -> otherwise(value, arguments);
      case "int" -> integer(value, arguments.get(0, "default", new Value.Int(0)));
      case "float" -> real(value, arguments.get(0, "default", new Value.Real(0)));
      case "abs" -> absolute(value);
      case "round" -> round(value, arguments);
      case "indent" -> indent(text(value), arguments);
      case "replace" ->
          StringMethods.replace(
              text(value),
              text(arguments.get(0, "old")),
              text(arguments.get(1, "new")),
              arguments.integer(2, "count", -1),
              budget);
      case "format" -> operators.format(text(value), new Value.Items(arguments.values(), true));
      case "escape", "e", "forceescape" -> escape(text(value));
      case "wordcount" ->
          new Value.Int(Values.length(Splits.split(text(value), Arguments.NONE, budget), budget));
      case "pprint" -> Printer.shown(value, budget);
      default -> lists.apply(name, value, arguments);
    };
  }

  private Text text(Value value) {
    Text text = Printer.text(value, budget);
    budget.read(text.length());
    return text;
  }

  private static Value otherwise(Value value, Arguments arguments) {
    boolean isMissing =
        value instanceof Value.Undefined
            || (arguments.flag(1, "boolean", false) && !Values.isTrue(value));
    return isMissing ? arguments.get(0, "default_value", Text.EMPTY) : value;
  }

  private static Value integer(Value value, Value otherwise) {
    return switch (value) {
      case Value.Int number -> number;
      case Value.Bool bool -> new Value.Int(bool.value() ? 1 : 0);
      case Value.Real number when Double.isFinite(number.value()) ->
          new Value.Int((long) number.value());
      case Text text -> {
        try {
          yield new Value.Int(Long.parseLong(text.characters().strip()));
        } catch (NumberFormatException e) {
          yield real(value, otherwise) instanceof Value.Real number
              ? integer(number, otherwise)
              : otherwise;
        }
      }
      default -> otherwise;
    };
  }

  private static Value real(Value value, Value otherwise) {
    Double number = Values.number(value);
    if (number != null) {
      return new Value.Real(number);
    }
    if (value instanceof Text text) {
      try {
        return new Value.Real(Double.parseDouble(text.characters().strip()));
      } catch (NumberFormatException e) {
        return otherwise;
      }
    }
    return otherwise;
  }

  private static Value absolute(Value value) {
    return switch (value) {
      case Value.Int number -> new Value.Int(Math.abs(number.value()));
      case Value.Real number -> new Value.Real(Math.abs(number.value()));
      default -> throw Values.wrongType("abs", "a number", value);
    };
  }

  private static Value round(Value value, Arguments arguments) {
    Double number = Values.number(value);
    if (number == null) {
      throw Values.wrongType("round", "a number", value);
    }
    double unit = Math.pow(10, Math.clamp(arguments.integer(0, "precision", 0), 0, 15));
    Text method = Values.text(arguments.get(1, "method", Text.own("common")), "round");
    double scaled = number * unit;
    return new Value.Real(
        switch (method.characters()) {
              case "ceil" -> Math.ceil(scaled);
              case "floor" -> Math.floor(scaled);
              default -> Math.rint(scaled);
            }
            / unit);
  }

  private Text indent(Text text, Arguments arguments) {
    Value width = arguments.get(0, "width", new Value.Int(4));
    Text blanks =
        width instanceof Text given
            ? given
            : Text.own(" ".repeat(Math.clamp(Values.integer(width, "indent"), 0, 1000)));
    boolean isFirst = arguments.flag(1, "first", false);
    boolean isBlank = arguments.flag(2, "blank", false);
    TextBuilder out = new TextBuilder(budget);
    String all = text.characters();
    int from = 0;
    while (from <= all.length()) {
      int end = all.indexOf('\n', from);
      int to = end < 0 ? all.length() : end;
      boolean isEmpty = from == to;
      if (from == 0 ? isFirst : isBlank || !isEmpty) {
        out.append(blanks);
      }
      out.append(text.slice(from, end < 0 ? to : to + 1));
      from = end < 0 ? all.length() + 1 : to + 1;
    }
    return out.toText();
  }

  private Text escape(Text text) {
    Text out = text;
    String[] pairs = {"&", "&amp;", "<", "&lt;", ">", "&gt;", "'", "&#39;", "\"", "&#34;"};
    for (int i = 0; i < pairs.length; i += 2) {
      out = StringMethods.replace(out, Text.own(pairs[i]), Text.own(pairs[i + 1]), -1, budget);
    }
    return out;
  }
}
