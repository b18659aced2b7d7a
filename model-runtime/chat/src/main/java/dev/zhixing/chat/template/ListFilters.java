package dev.zhixing.chat.template;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** The filters behind {@code |} that work on lists and dictionaries. */
final class ListFilters {
  private final Budget budget;
  private final Attributes attributes;
  private final Filters filters;

  ListFilters(Budget budget, Attributes attributes, Filters filters) {
    this.budget = budget;
    this.attributes = attributes;
    this.filters = filters;
  }

  Value apply(String name, Value value, Arguments arguments) {
    return switch (name) {
      case "items" -> items(value);
      case "dictsort" -> dictsort(value, arguments);
      case "attr" -> attributes.attribute(value, arguments.text(0, "name").characters());
      default ->
          apply(name, new ArrayList<>(Values.elements(value, budget, name)), value, arguments);
    };
  }

  private Value apply(String name, List<Value> values, Value of, Arguments arguments) {
    budget.steps(values.size());
    return switch (name) {
      case "list" -> new Value.Items(values);
      case "first" ->
          values.isEmpty() ? new Value.Undefined("first of nothing") : values.getFirst();
      case "last" -> values.isEmpty() ? new Value.Undefined("last of nothing") : values.getLast();
      case "join" -> join(values, arguments);
      case "map" -> new Value.Items(map(values, arguments));
      case "select" -> new Value.Items(keep(values, chosen(arguments), true));
      case "reject" -> new Value.Items(keep(values, chosen(arguments), false));
      case "selectattr" -> new Value.Items(keep(values, chosenBy(arguments), true));
      case "rejectattr" -> new Value.Items(keep(values, chosenBy(arguments), false));
      case "reverse" ->
          of instanceof Text text
              ? attributes.slice(text, null, null, new Value.Int(-1))
              : new Value.Items(values.reversed());
      case "sort" -> sort(values, arguments);
      case "unique" -> unique(values, arguments);
      case "min" -> extreme(values, arguments, -1);
      case "max" -> extreme(values, arguments, 1);
      case "sum" -> sum(values, arguments);
      case "batch" -> batch(values, arguments.integer(0, "linecount", 1));
      case "groupby" -> groups(values, arguments);
      default ->
          throw new TemplateException(
              "|: expected a filter such as trim, tojson or length, found '" + name + "'");
    };
  }

  private Value items(Value value) {
    return switch (value) {
      case Value.Undefined undefined -> new Value.Items(List.of());
      case Value.Dict dict ->
          attributes.attribute(dict, "items") instanceof Value.Callable items
              ? items.call(Arguments.NONE)
              : Value.NONE;
      default -> throw Values.wrongType("items", "a dictionary", value);
    };
  }

  /** An attribute, or a path of them parted by dots. */
  private Value path(Value of, Value path) {
    if (!(path instanceof Text text)) {
      return attributes.item(of, path);
    }
    Value at = of;
    for (String part : text.characters().split("\\.", -1)) {
      boolean isIndex = !part.isEmpty() && part.chars().allMatch(Character::isDigit);
      at =
          isIndex && part.length() < 10
              ? attributes.item(at, new Value.Int(Long.parseLong(part)))
              : attributes.item(at, Text.own(part));
    }
    return at;
  }

  private Value join(List<Value> values, Arguments arguments) {
    Value attribute = arguments.get(1, "attribute", Value.NONE);
    List<Value> parts = new ArrayList<>();
    for (Value value : values) {
      parts.add(attribute instanceof Value.None ? value : path(value, attribute));
    }
    Text separator = Printer.text(arguments.get(0, "d", Text.EMPTY), budget);
    return StringMethods.join(separator, new Value.Items(parts), budget);
  }

  private List<Value> map(List<Value> values, Arguments arguments) {
    Value attribute = arguments.named().get("attribute");
    List<Value> out = new ArrayList<>();
    for (Value value : values) {
      budget.step();
      if (attribute == null) {
        out.add(filters.apply(arguments.text(0, "filter").characters(), value, arguments.rest()));
      } else {
        Value found = path(value, attribute);
        Value otherwise = arguments.named().get("default");
        out.add(found instanceof Value.Undefined && otherwise != null ? otherwise : found);
      }
    }
    return out;
  }

  private Predicate<Value> chosen(Arguments arguments) {
    if (arguments.values().isEmpty()) {
      return Values::isTrue;
    }
    String test = arguments.text(0, "test").characters();
    Arguments rest = arguments.rest();
    return value -> filters.tests().holds(test, value, rest);
  }

  private Predicate<Value> chosenBy(Arguments arguments) {
    Value attribute = arguments.get(0, "attribute");
    Predicate<Value> chosen = chosen(arguments.rest());
    return value -> chosen.test(path(value, attribute));
  }

  private List<Value> keep(List<Value> values, Predicate<Value> chosen, boolean wanted) {
    List<Value> out = new ArrayList<>();
    for (Value value : values) {
      budget.step();
      if (chosen.test(value) == wanted) {
        out.add(value);
      }
    }
    return out;
  }

  private Comparator<Value> order(boolean isCaseSensitive) {
    return (a, b) -> {
      budget.step();
      return Values.compare(
          isCaseSensitive ? a : folded(a), isCaseSensitive ? b : folded(b), budget, "sort");
    };
  }

  private Value folded(Value value) {
    if (!(value instanceof Text text)) {
      return value;
    }
    budget.read(text.length());
    return text.mapped(text.characters().toLowerCase(Locale.ROOT));
  }

  private Value sort(List<Value> values, Arguments arguments) {
    Value attribute = arguments.get(2, "attribute", Value.NONE);
    Comparator<Value> order = order(arguments.flag(1, "case_sensitive", false));
    Comparator<Value> keyed =
        attribute instanceof Value.None
            ? order
            : (a, b) -> order.compare(path(a, attribute), path(b, attribute));
    values.sort(arguments.flag(0, "reverse", false) ? keyed.reversed() : keyed);
    return new Value.Items(values);
  }

  private Value dictsort(Value value, Arguments arguments) {
    if (!(value instanceof Value.Dict)) {
      throw Values.wrongType("dictsort", "a dictionary", value);
    }
    List<Value> pairs = new ArrayList<>(Values.elements(items(value), budget, "dictsort"));
    Text by = Values.text(arguments.get(1, "by", Text.own("key")), "by");
    Value index = new Value.Int(by.characters().equals("value") ? 1 : 0);
    Comparator<Value> order = order(arguments.flag(0, "case_sensitive", false));
    Comparator<Value> keyed =
        (a, b) -> order.compare(attributes.item(a, index), attributes.item(b, index));
    pairs.sort(arguments.flag(2, "reverse", false) ? keyed.reversed() : keyed);
    return new Value.Items(pairs);
  }

  private Value unique(List<Value> values, Arguments arguments) {
    boolean isCaseSensitive = arguments.flag(0, "case_sensitive", false);
    Map<Value, Value> seen = new LinkedHashMap<>();
    for (Value value : values) {
      seen.putIfAbsent(Values.key(isCaseSensitive ? value : folded(value), budget), value);
    }
    return new Value.Items(List.copyOf(seen.values()));
  }

  private Value extreme(List<Value> values, Arguments arguments, int sign) {
    Comparator<Value> order = order(arguments.flag(0, "case_sensitive", false));
    return values.stream()
        .max(sign > 0 ? order : order.reversed())
        .orElse(new Value.Undefined("the least or greatest of nothing"));
  }

  private Value sum(List<Value> values, Arguments arguments) {
    Value attribute = arguments.get(0, "attribute", Value.NONE);
    Value total = arguments.get(1, "start", new Value.Int(0));
    Operators operators = new Operators(budget);
    for (Value value : values) {
      total =
          operators.apply(
              "+", total, attribute instanceof Value.None ? value : path(value, attribute));
    }
    return total;
  }

  private static Value batch(List<Value> values, long size) {
    if (size < 1) {
      throw new TemplateException("batch: expected at least 1 in each, found " + size);
    }
    List<Value> out = new ArrayList<>();
    int step = (int) Math.min(size, values.size());
    for (int from = 0; from < values.size(); from += step) {
      int to = Math.min(values.size(), from + step);
      out.add(new Value.Items(values.subList(from, to)));
    }
    return new Value.Items(out);
  }

  private Value groups(List<Value> values, Arguments arguments) {
    Value attribute = arguments.get(0, "attribute");
    List<Value> sorted = new ArrayList<>(values);
    Comparator<Value> order = order(false);
    sorted.sort((a, b) -> order.compare(path(a, attribute), path(b, attribute)));
    Map<Value, List<Value>> groups = new LinkedHashMap<>();
    for (Value value : sorted) {
      Value key = Values.key(path(value, attribute), budget);
      groups.computeIfAbsent(key, missing -> new ArrayList<>()).add(value);
    }
    List<Value> out = new ArrayList<>();
    groups.forEach(
        (key, group) -> out.add(new Value.Items(List.of(key, new Value.Items(group)), true)));
    return new Value.Items(out);
  }
}
