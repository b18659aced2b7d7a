package dev.zhixing.chat.template;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Python's methods of strings. */
final class StringMethods {
  private StringMethods() {}

  /** A method bound to a string; null where Python has none of that name, or we haven't. */
  static Value.@Nullable Callable find(Text text, String name, Budget budget) {
    return switch (name) {
      case "strip" -> a -> strip(text, a.get(0, "chars", Value.NONE), true, true, budget);
      case "lstrip" -> a -> strip(text, a.get(0, "chars", Value.NONE), true, false, budget);
      case "rstrip" -> a -> strip(text, a.get(0, "chars", Value.NONE), false, true, budget);
      case "upper" -> a -> text.mapped(text.characters().toUpperCase(Locale.ROOT));
      case "lower", "casefold" -> a -> text.mapped(text.characters().toLowerCase(Locale.ROOT));
      case "title" -> a -> title(text);
      case "capitalize" -> a -> capitalize(text);
      case "startswith" -> a -> edge(text, a.get(0, "prefix"), true);
      case "endswith" -> a -> edge(text, a.get(0, "suffix"), false);
      case "removeprefix" -> a -> without(text, a.text(0, "prefix").characters(), true);
      case "removesuffix" -> a -> without(text, a.text(0, "suffix").characters(), false);
      case "replace" ->
          a -> replace(text, a.text(0, "old"), a.text(1, "new"), a.integer(2, "count", -1), budget);
      case "split" -> a -> Splits.split(text, a, budget);
      case "rsplit" -> a -> Splits.splitFromEnd(text, a, budget);
      case "splitlines" -> a -> Splits.lines(text, budget);
      case "partition" -> a -> Splits.partition(text, a.text(0, "sep"), false, budget);
      case "rpartition" -> a -> Splits.partition(text, a.text(0, "sep"), true, budget);
      case "join" -> a -> join(text, a.get(0, "iterable"), budget);
      case "format" -> a -> format(text, a, budget);
      default -> question(text, name, budget);
    };
  }

  /** Methods that only ask. */
  private static Value.@Nullable Callable question(Text text, String name, Budget budget) {
    String all = text.characters();
    return switch (name) {
      case "find" -> a -> index(all, all.indexOf(wanted(text, a, budget)));
      case "rfind" -> a -> index(all, all.lastIndexOf(wanted(text, a, budget)));
      case "index" -> a -> found(index(all, all.indexOf(wanted(text, a, budget))));
      case "count" -> a -> new Value.Int(count(text, a.text(0, "sub"), budget));
      case "isdigit", "isdecimal", "isnumeric" -> a -> all(all, Character::isDigit);
      case "isalpha" -> a -> all(all, Character::isLetter);
      case "isalnum" -> a -> all(all, Character::isLetterOrDigit);
      case "isspace" -> a -> all(all, Character::isWhitespace);
      case "isupper" -> a -> Value.of(isCase(all, all.toUpperCase(Locale.ROOT)));
      case "islower" -> a -> Value.of(isCase(all, all.toLowerCase(Locale.ROOT)));
      default -> null;
    };
  }

  private static String wanted(Text text, Arguments arguments, Budget budget) {
    Text wanted = arguments.text(0, "sub");
    budget.search(text, wanted);
    return wanted.characters();
  }

  private static Value index(String all, int at) {
    return new Value.Int(at < 0 ? -1 : all.codePointCount(0, at));
  }

  private static Value found(Value index) {
    if (Values.integer(index, "index") < 0) {
      throw new TemplateException("index: expected a part of the string, found none");
    }
    return index;
  }

  private static Value all(String text, java.util.function.IntPredicate kind) {
    return Value.of(!text.isEmpty() && text.codePoints().allMatch(kind));
  }

  static boolean isCase(String text, String mapped) {
    return text.equals(mapped)
        && !text.toUpperCase(Locale.ROOT).equals(text.toLowerCase(Locale.ROOT));
  }

  static Text strip(Text text, Value characters, boolean start, boolean end, Budget budget) {
    String set = null;
    if (!(characters instanceof Value.None)) {
      Text given = Values.text(characters, "strip");
      budget.search(text, given);
      set = given.characters();
    }
    String all = text.characters();
    int from = 0;
    int to = all.length();
    while (start && from < to && isIn(all.charAt(from), set)) {
      from++;
    }
    while (end && to > from && isIn(all.charAt(to - 1), set)) {
      to--;
    }
    return text.slice(from, to);
  }

  private static boolean isIn(char c, @Nullable String set) {
    return set == null ? isSpace(c) : set.indexOf(c) >= 0;
  }

  /** What Python takes for white space. */
  static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
  }

  /** The first letter of each word large, all others small. */
  static Text title(Text text) {
    StringBuilder out = new StringBuilder();
    boolean inWord = false;
    for (int i = 0; i < text.length(); i++) {
      String c = text.characters().substring(i, i + 1);
      out.append(inWord ? c.toLowerCase(Locale.ROOT) : c.toUpperCase(Locale.ROOT));
      inWord = Character.isLetter(c.charAt(0));
    }
    return text.mapped(out.toString());
  }

  static Text capitalize(Text text) {
    if (text.length() == 0) {
      return text;
    }
    int first = text.characters().offsetByCodePoints(0, 1);
    return text.mapped(
        text.characters().substring(0, first).toUpperCase(Locale.ROOT)
            + text.characters().substring(first).toLowerCase(Locale.ROOT));
  }

  private static Value edge(Text text, Value wanted, boolean atStart) {
    List<Value> choices = wanted instanceof Value.Items items ? items.values() : List.of(wanted);
    for (Value choice : choices) {
      String edge = Values.text(choice, atStart ? "startswith" : "endswith").characters();
      if (atStart ? text.characters().startsWith(edge) : text.characters().endsWith(edge)) {
        return Value.TRUE;
      }
    }
    return Value.FALSE;
  }

  private static Text without(Text text, String edge, boolean atStart) {
    boolean there = atStart ? text.characters().startsWith(edge) : text.characters().endsWith(edge);
    return !there
        ? text
        : atStart
            ? text.slice(edge.length(), text.length())
            : text.slice(0, text.length() - edge.length());
  }

  static Text replace(Text text, Text old, Text by, long most, Budget budget) {
    budget.search(text, old);
    TextBuilder out = new TextBuilder(budget);
    String all = text.characters();
    int from = 0;
    long left = most < 0 ? Long.MAX_VALUE : most;
    int at = all.indexOf(old.characters());
    while (at >= 0 && left-- > 0) {
      budget.step();
      out.append(text.slice(from, at)).append(by);
      from = at + old.length();
      int next = old.length() == 0 ? at + 1 : from;
      at = next > all.length() ? -1 : all.indexOf(old.characters(), next);
    }
    return out.append(text.slice(from, all.length())).toText();
  }

  private static long count(Text text, Text part, Budget budget) {
    if (part.length() == 0) {
      return Values.length(text, budget) + 1L;
    }
    budget.search(text, part);
    long n = 0;
    String all = text.characters();
    for (int at = all.indexOf(part.characters());
        at >= 0;
        at = all.indexOf(part.characters(), at + part.length())) {
      budget.step();
      n++;
    }
    return n;
  }

  static Text join(Text separator, Value values, Budget budget) {
    TextBuilder out = new TextBuilder(budget);
    boolean isFirst = true;
    for (Value value : Values.elements(values, budget, "join")) {
      budget.step();
      if (!isFirst) {
        out.append(separator);
      }
      isFirst = false;
      out.append(Printer.text(value, budget));
    }
    return out.toText();
  }

  /** {@code '{} and {name}'.format(…)} without format specifications. */
  private static Text format(Text text, Arguments arguments, Budget budget) {
    TextBuilder out = new TextBuilder(budget);
    String all = text.characters();
    int next = 0;
    int i = 0;
    while (i < all.length()) {
      char c = all.charAt(i);
      boolean isDouble = i + 1 < all.length() && all.charAt(i + 1) == c;
      if ((c == '{' || c == '}') && isDouble) {
        out.append(text.slice(i, i + 1));
        i += 2;
      } else if (c == '{') {
        int end = all.indexOf('}', i);
        String name = end < 0 ? "!" : all.substring(i + 1, end);
        boolean isPlace =
            name.length() < 3 && name.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        int place = name.isEmpty() ? next++ : isPlace ? Integer.parseInt(name) : Integer.MAX_VALUE;
        out.append(Printer.text(arguments.get(place, name), budget));
        i = end + 1;
      } else {
        out.append(text.slice(i, i + 1));
        i++;
      }
    }
    return out.toText();
  }
}
