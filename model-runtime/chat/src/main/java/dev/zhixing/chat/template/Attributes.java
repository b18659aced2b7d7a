package dev.zhixing.chat.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands behind a dot: methods of strings, lists and dictionaries, and keys. */
final class Attributes {
  private final Budget budget;
  private final Slices slices;

  Attributes(Budget budget) {
    this.budget = budget;
    this.slices = new Slices(budget);
  }

  /** {@code of.name}: a method first, then a key, as Jinja looks it up. */
  Value attribute(Value of, String name) {
    Value method = method(of, name);
    Value found = method != null ? method : slices.item(of, Text.own(name));
    return found != null ? found : missing(of, name);
  }

  /** {@code of[index]}: a key or index first, then a method. */
  Value item(Value of, Value index) {
    Value found = slices.item(of, index);
    if (found == null && index instanceof Text name) {
      found = method(of, name.characters());
    }
    return found != null ? found : missing(of, Printer.text(index, budget).characters());
  }

  Value slice(Value of, @Nullable Value from, @Nullable Value to, @Nullable Value step) {
    return slices.slice(of, from, to, step);
  }

  private static Value missing(Value of, String name) {
    if (of instanceof Value.Undefined undefined) {
      throw new TemplateException(
          "'" + undefined.name() + "' is undefined: expected a value with '" + name + "'");
    }
    return new Value.Undefined(name);
  }

  private @Nullable Value method(Value of, String name) {
    return switch (of) {
      case Text text -> {
        budget.read(text.length());
        yield StringMethods.find(text, name, budget);
      }
      case Value.Dict dict -> dictionaryMethod(dict, name);
      case Value.Items items -> listMethod(items, name);
      case Value.Namespace namespace -> namespace.attributes().get(name);
      default -> null;
    };
  }

  private Value.@Nullable Callable dictionaryMethod(Value.Dict dict, String name) {
    return switch (name) {
      case "items" -> arguments -> items(dict);
      case "keys" -> arguments -> new Value.Items(Values.elements(dict, budget, "keys"));
      case "values" ->
          arguments -> {
            budget.steps(dict.entries().size());
            return new Value.Items(List.copyOf(dict.entries().values()));
          };
      case "copy" -> arguments -> dict;
      case "get" ->
          arguments -> {
            Value found = dict.entries().get(Values.key(arguments.get(0, "key"), budget));
            return found != null ? found : arguments.get(1, "default", Value.NONE);
          };
      case "pop", "update", "clear", "setdefault", "popitem" -> unchangeable("dictionary", name);
      default -> null;
    };
  }

  private Value items(Value.Dict dict) {
    List<Value> pairs = new ArrayList<>();
    for (Map.Entry<Value, Value> entry : dict.entries().entrySet()) {
      budget.step();
      pairs.add(new Value.Items(List.of(entry.getKey(), entry.getValue()), true));
    }
    return new Value.Items(pairs);
  }

  private Value.@Nullable Callable listMethod(Value.Items items, String name) {
    return switch (name) {
      case "index" ->
          arguments -> {
            for (int i = 0; i < items.values().size(); i++) {
              budget.step();
              if (Values.equal(items.values().get(i), arguments.get(0, "value"), budget)) {
                return new Value.Int(i);
              }
            }
            throw new TemplateException("index: expected a value of the list, found another");
          };
      case "count" ->
          arguments -> {
            budget.steps(items.values().size());
            Value wanted = arguments.get(0, "value");
            return new Value.Int(
                items.values().stream()
                    .filter(value -> Values.equal(value, wanted, budget))
                    .count());
          };
      case "copy" -> arguments -> items;
      case "append", "extend", "insert", "pop", "remove", "clear", "reverse", "sort" ->
          items.isTuple() ? null : unchangeable("list", name);
      default -> null;
    };
  }

  private static Value.Callable unchangeable(String kind, String name) {
    return arguments -> {
      throw new TemplateException(
          name + ": expected no change of a " + kind + "; chat templates can't make one");
    };
  }
}
