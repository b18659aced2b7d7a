package dev.zhixing.chat.template;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What all values can do: truth, equality, order, elements. */
final class Values {
  private static final int DEEPEST = 100;

  /** A string of one character takes as much memory as that. */
  private static final int STEPS_FOR_A_CHARACTER = 4;

  private Values() {}

  /** A Java value: null, a string, marked text, a number, a boolean, a list or a map of such. */
  static Value of(@Nullable Object value, char mark) {
    return switch (value) {
      case null -> Value.NONE;
      case Value own -> own;
      case MarkedText text -> text.asValue();
      case String text -> mark == Text.OWN ? Text.own(text) : Text.content(text);
      case Boolean bool -> Value.of(bool);
      case Integer number -> new Value.Int(number);
      case Long number -> new Value.Int(number);
      case BigDecimal number -> new Value.Real(number.doubleValue());
      case Number number -> new Value.Real(number.doubleValue());
      case List<?> list -> {
        List<Value> items = new ArrayList<>();
        list.forEach(item -> items.add(of(item, mark)));
        yield new Value.Items(items);
      }
      case Map<?, ?> map -> {
        Map<Value, Value> entries = new LinkedHashMap<>();
        map.forEach((key, item) -> entries.put(of(key, mark), of(item, mark)));
        yield new Value.Dict(entries);
      }
      default ->
          throw new IllegalArgumentException(
              "template variable: expected null, a string, number, boolean, list or map, found "
                  + value.getClass().getName());
    };
  }

  static boolean isTrue(Value value) {
    return switch (value) {
      case Value.None none -> false;
      case Value.Undefined undefined -> false;
      case Value.Bool bool -> bool.value();
      case Value.Int number -> number.value() != 0;
      case Value.Real number -> number.value() != 0;
      case Text text -> text.length() > 0;
      case Value.Items items -> !items.values().isEmpty();
      case Value.Dict dict -> !dict.entries().isEmpty();
      case Value.Namespace namespace -> true;
      case Value.Callable callable -> true;
    };
  }

  static String typeName(Value value) {
    return switch (value) {
      case Value.None none -> "None";
      case Value.Undefined undefined -> "nothing: '" + undefined.name() + "' is undefined";
      case Value.Bool bool -> "a boolean";
      case Value.Int number -> "an integer";
      case Value.Real number -> "a float";
      case Text text -> "a string";
      case Value.Items items -> items.isTuple() ? "a tuple" : "a list";
      case Value.Dict dict -> "a dictionary";
      case Value.Namespace namespace -> "a namespace";
      case Value.Callable callable -> "a function";
    };
  }

  static TemplateException wrongType(String where, String expected, Value found) {
    return new TemplateException(where + ": expected " + expected + ", found " + typeName(found));
  }

  static Text text(Value value, String where) {
    if (value instanceof Text text) {
      return text;
    }
    throw wrongType(where, "a string", value);
  }

  static long integer(Value value, String where) {
    return switch (value) {
      case Value.Int number -> number.value();
      case Value.Bool bool -> bool.value() ? 1 : 0;
      default -> throw wrongType(where, "an integer", value);
    };
  }

  /** A number as a double, or null for other values. */
  static @Nullable Double number(Value value) {
    return switch (value) {
      case Value.Int number -> Double.valueOf((double) number.value());
      case Value.Real number -> number.value();
      case Value.Bool bool -> bool.value() ? 1.0 : 0.0;
      default -> null;
    };
  }

  static boolean equal(Value a, Value b, Budget budget) {
    return equal(a, b, budget, 0);
  }

  private static boolean equal(Value a, Value b, Budget budget, int depth) {
    if (depth > DEEPEST) {
      throw new TemplateException("==: expected values that nest at most " + DEEPEST + " deep");
    }
    budget.step();
    Double x = number(a);
    Double y = number(b);
    if (x != null && y != null) {
      return (a instanceof Value.Int i && b instanceof Value.Int j)
          ? i.value() == j.value()
          : x.doubleValue() == y.doubleValue();
    }
    return switch (a) {
      case Value.Undefined undefined -> b instanceof Value.Undefined;
      case Text text -> b instanceof Text other && equalTexts(text, other, budget);
      case Value.Items items ->
          b instanceof Value.Items others
              && items.isTuple() == others.isTuple()
              && equalItems(items.values(), others.values(), budget, depth + 1);
      case Value.Dict dict ->
          b instanceof Value.Dict other && equalEntries(dict, other, budget, depth + 1);
      default -> a.equals(b);
    };
  }

  private static boolean equalTexts(Text a, Text b, Budget budget) {
    if (a.length() != b.length()) {
      return false;
    }
    budget.read(a.length());
    return a.equals(b);
  }

  private static boolean equalItems(List<Value> a, List<Value> b, Budget budget, int depth) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!equal(a.get(i), b.get(i), budget, depth)) {
        return false;
      }
    }
    return true;
  }

  private static boolean equalEntries(Value.Dict a, Value.Dict b, Budget budget, int depth) {
    if (a.entries().size() != b.entries().size()) {
      return false;
    }
    for (Map.Entry<Value, Value> entry : a.entries().entrySet()) {
      Value other = b.entries().get(entry.getKey());
      if (other == null || !equal(entry.getValue(), other, budget, depth)) {
        return false;
      }
    }
    return true;
  }

  /** Negative, zero or positive, as in {@link Comparable}; numbers, strings and lists of such. */
  static int compare(Value a, Value b, Budget budget, String where) {
    Double x = number(a);
    Double y = number(b);
    if (x != null && y != null) {
      return Double.compare(x, y);
    }
    if (a instanceof Text s && b instanceof Text t) {
      budget.read(Math.min(s.length(), t.length()));
      return s.characters().compareTo(t.characters());
    }
    if (a instanceof Value.Items s && b instanceof Value.Items t) {
      for (int i = 0; i < Math.min(s.values().size(), t.values().size()); i++) {
        if (!equal(s.values().get(i), t.values().get(i), budget)) {
          return compare(s.values().get(i), t.values().get(i), budget, where);
        }
      }
      return Integer.compare(s.values().size(), t.values().size());
    }
    throw new TemplateException(
        where
            + ": expected two numbers or two strings, found "
            + typeName(a)
            + " and "
            + typeName(b));
  }

  /** The value as a key of a dictionary, which lists and dictionaries can't be, as in Python. */
  static Value key(Value value, Budget budget) {
    return key(value, budget, 0);
  }

  private static Value key(Value value, Budget budget, int depth) {
    budget.step();
    switch (value) {
      case Text text -> budget.read(text.length());
      case Value.Items items when items.isTuple() && depth < DEEPEST ->
          items.values().forEach(item -> key(item, budget, depth + 1));
      case Value.Items items -> throw wrongType("key", "a value that never changes", items);
      case Value.Dict dict -> throw wrongType("key", "a value that never changes", dict);
      default -> {}
    }
    return value;
  }

  /** The elements that a loop goes through; a dictionary's are its keys. */
  static List<Value> elements(Value value, Budget budget, String where) {
    return switch (value) {
      case Value.Items items -> items.values();
      case Value.Dict dict -> {
        budget.steps(dict.entries().size());
        yield List.copyOf(dict.entries().keySet());
      }
      case Text text -> characters(text, budget);
      case Value.Undefined undefined -> List.of();
      default -> throw wrongType(where, "something to go through", value);
    };
  }

  private static List<Value> characters(Text text, Budget budget) {
    budget.steps((long) STEPS_FOR_A_CHARACTER * text.length());
    List<Value> out = new ArrayList<>();
    String all = text.characters();
    for (int i = 0; i < all.length(); ) {
      int end = all.offsetByCodePoints(i, 1);
      out.add(text.slice(i, end));
      i = end;
    }
    return out;
  }

  static int length(Value value, Budget budget) {
    return switch (value) {
      case Value.Items items -> items.values().size();
      case Value.Dict dict -> dict.entries().size();
      case Text text -> {
        budget.read(text.length());
        yield text.characters().codePointCount(0, text.length());
      }
      case Value.Undefined undefined -> 0;
      default -> throw wrongType("length", "a string, list or dictionary", value);
    };
  }

  static boolean contains(Value container, Value element, Budget budget) {
    return switch (container) {
      case Text text -> {
        Text part = text(element, "'in' a string");
        budget.search(text, part);
        yield text.characters().contains(part.characters());
      }
      case Value.Dict dict -> dict.entries().containsKey(key(element, budget));
      default -> {
        for (Value value : elements(container, budget, "in")) {
          budget.step();
          if (equal(value, element, budget)) {
            yield true;
          }
        }
        yield false;
      }
    };
  }
}
