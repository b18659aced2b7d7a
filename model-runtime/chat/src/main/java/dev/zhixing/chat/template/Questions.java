package dev.zhixing.chat.template;

import java.util.Locale;

/** The tests behind {@code is}. */
final class Questions {
  private final Budget budget;

  Questions(Budget budget) {
    this.budget = budget;
  }

  boolean holds(String name, Value value, Arguments arguments) {
    return switch (name) {
      case "defined" -> !(value instanceof Value.Undefined);
      case "undefined" -> value instanceof Value.Undefined;
      case "none" -> value instanceof Value.None;
      case "string" -> value instanceof Text;
      case "mapping" -> value instanceof Value.Dict;
      case "iterable", "sequence" ->
          value instanceof Text
              || value instanceof Value.Items
              || value instanceof Value.Dict
              || value instanceof Value.Undefined;
      case "number" ->
          value instanceof Value.Int || value instanceof Value.Real || value instanceof Value.Bool;
      case "integer" -> value instanceof Value.Int;
      case "float" -> value instanceof Value.Real;
      case "boolean" -> value instanceof Value.Bool;
      case "true" -> value.equals(Value.TRUE);
      case "false" -> value.equals(Value.FALSE);
      case "callable" -> value instanceof Value.Callable;
      case "escaped" -> false;
      case "odd" -> Math.floorMod(Values.integer(value, "odd"), 2L) == 1;
      case "even" -> Math.floorMod(Values.integer(value, "even"), 2L) == 0;
      case "divisibleby" -> isDivisible(value, arguments);
      case "lower" -> isCase(value, false);
      case "upper" -> isCase(value, true);
      case "in" -> Values.contains(arguments.get(0, "seq"), value, budget);
      default -> compares(name, value, arguments);
    };
  }

  private static boolean isDivisible(Value value, Arguments arguments) {
    long divisor = Values.integer(arguments.get(0, "num"), "divisibleby");
    if (divisor == 0) {
      throw new TemplateException("divisibleby: expected a divisor other than zero");
    }
    return Values.integer(value, "divisibleby") % divisor == 0;
  }

  private boolean isCase(Value value, boolean upper) {
    String text = Printer.text(value, budget).characters();
    budget.read(text.length());
    return StringMethods.isCase(
        text, upper ? text.toUpperCase(Locale.ROOT) : text.toLowerCase(Locale.ROOT));
  }

  private boolean compares(String name, Value value, Arguments arguments) {
    return switch (name) {
      case "eq", "equalto", "sameas" -> Values.equal(value, arguments.get(0, "other"), budget);
      case "ne" -> !Values.equal(value, arguments.get(0, "other"), budget);
      case "lt", "lessthan" -> Values.compare(value, arguments.get(0, "other"), budget, name) < 0;
      case "le" -> Values.compare(value, arguments.get(0, "other"), budget, name) <= 0;
      case "gt", "greaterthan" ->
          Values.compare(value, arguments.get(0, "other"), budget, name) > 0;
      case "ge" -> Values.compare(value, arguments.get(0, "other"), budget, name) >= 0;
      case "==" -> Values.equal(value, arguments.get(0, "other"), budget);
      default ->
          throw new TemplateException(
              "is: expected a test such as defined, none or string, found '" + name + "'");
    };
  }
}
