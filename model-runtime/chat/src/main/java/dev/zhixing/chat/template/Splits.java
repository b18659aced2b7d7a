package dev.zhixing.chat.template;

import java.util.ArrayList;
import java.util.List;

/** Strings cut into lists of strings. */
final class Splits {
  private Splits() {}

  static Value split(Text text, Arguments arguments, Budget budget) {
    long most = most(arguments);
    Value separator = arguments.get(0, "sep", Value.NONE);
    return new Value.Items(
        separator instanceof Value.None
            ? words(text, most, budget)
            : parts(text, separator(text, separator, budget), most, budget));
  }

  private static long most(Arguments arguments) {
    long most = arguments.integer(1, "maxsplit", -1);
    return most < 0 ? Long.MAX_VALUE : most;
  }

  private static String separator(Text text, Value value, Budget budget) {
    Text separator = Values.text(value, "split");
    if (separator.length() == 0) {
      throw new TemplateException("split: expected a separator, found an empty string");
    }
    budget.search(text, separator);
    return separator.characters();
  }

  private static List<Value> parts(Text text, String separator, long most, Budget budget) {
    List<Value> out = new ArrayList<>();
    int from = 0;
    int at = text.characters().indexOf(separator);
    while (at >= 0 && out.size() < most) {
      budget.step();
      out.add(text.slice(from, at));
      from = at + separator.length();
      at = text.characters().indexOf(separator, from);
    }
    out.add(text.slice(from, text.length()));
    return out;
  }

  private static List<Value> words(Text text, long most, Budget budget) {
    List<Value> out = new ArrayList<>();
    String all = text.characters();
    int i = 0;
    while (true) {
      while (i < all.length() && StringMethods.isSpace(all.charAt(i))) {
        i++;
      }
      if (i == all.length()) {
        return out;
      }
      budget.step();
      if (out.size() == most) {
        out.add(text.slice(i, all.length()));
        return out;
      }
      int start = i;
      while (i < all.length() && !StringMethods.isSpace(all.charAt(i))) {
        i++;
      }
      out.add(text.slice(start, i));
    }
  }

  static Value splitFromEnd(Text text, Arguments arguments, Budget budget) {
    Value given = arguments.get(0, "sep", Value.NONE);
    long most = most(arguments);
    if (given instanceof Value.None || most == Long.MAX_VALUE) {
      return split(text, arguments, budget);
    }
    String separator = separator(text, given, budget);
    List<Value> out = new ArrayList<>();
    int to = text.length();
    int at = text.characters().lastIndexOf(separator);
    while (at >= 0 && out.size() < most) {
      budget.step();
      out.addFirst(text.slice(at + separator.length(), to));
      to = at;
      at = at == 0 ? -1 : text.characters().lastIndexOf(separator, to - separator.length());
    }
    out.addFirst(text.slice(0, to));
    return new Value.Items(out);
  }

  static Value lines(Text text, Budget budget) {
    List<Value> out = new ArrayList<>();
    String all = text.characters();
    int from = 0;
    for (int i = 0; i < all.length(); i++) {
      char c = all.charAt(i);
      if (c == '\n' || c == '\r') {
        budget.step();
        out.add(text.slice(from, i));
        i += c == '\r' && i + 1 < all.length() && all.charAt(i + 1) == '\n' ? 1 : 0;
        from = i + 1;
      }
    }
    if (from < all.length()) {
      out.add(text.slice(from, all.length()));
    }
    return new Value.Items(out);
  }

  static Value partition(Text text, Text separator, boolean fromEnd, Budget budget) {
    budget.search(text, separator);
    String wanted = separator.characters();
    int at = fromEnd ? text.characters().lastIndexOf(wanted) : text.characters().indexOf(wanted);
    List<Value> parts =
        at >= 0
            ? List.of(
                text.slice(0, at),
                text.slice(at, at + wanted.length()),
                text.slice(at + wanted.length(), text.length()))
            : fromEnd
                ? List.of(Text.EMPTY, Text.EMPTY, text)
                : List.of(text, Text.EMPTY, Text.EMPTY);
    return new Value.Items(parts, true);
  }
}
