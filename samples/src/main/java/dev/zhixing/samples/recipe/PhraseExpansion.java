package dev.zhixing.samples.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Expands one line of a phrase book: choices, optional parts, slots. One use, one thread. */
final class PhraseExpansion {

  private final String text;
  private final String where;
  private final Map<String, String> slots;
  private final SplittableRandom random;
  private int at;

  PhraseExpansion(String text, String where, Map<String, String> slots, SplittableRandom random) {
    this.text = text;
    this.where = where;
    this.slots = slots;
    this.random = random;
  }

  String expand() {
    String out = alternatives('\0');
    if (at < text.length()) {
      throw malformed("the end of the line", text.charAt(at));
    }
    return out;
  }

  /** Parses alternatives up to {@code end} and gives one of them, each as likely. */
  private String alternatives(char end) {
    List<String> choices = new ArrayList<>();
    StringBuilder current = new StringBuilder();
    while (at < text.length() && text.charAt(at) != end) {
      char c = text.charAt(at++);
      switch (c) {
        case '\\' -> current.append(text.charAt(at++));
        case '(' -> current.append(group(')'));
        case '[' -> {
          String optional = group(']');
          current.append(random.nextBoolean() ? optional : "");
        }
        case '{' -> current.append(slot());
        case '|' -> {
          choices.add(current.toString());
          current.setLength(0);
        }
        default -> current.append(c);
      }
    }
    choices.add(current.toString());
    return choices.get(choices.size() == 1 ? 0 : random.nextInt(choices.size()));
  }

  private String group(char close) {
    String inner = alternatives(close);
    if (at >= text.length()) {
      throw malformed("'" + close + "'", '\n');
    }
    at++;
    return inner;
  }

  private String slot() {
    int close = text.indexOf('}', at);
    String name = text.substring(at, close);
    at = close + 1;
    String value = slots.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "%s: expected a value for {%s}, found only %s; line: %s"
              .formatted(where, name, slots.keySet(), text));
    }
    return value;
  }

  private IllegalArgumentException malformed(String expected, char found) {
    return new IllegalArgumentException(
        "%s: expected %s at column %d, found '%c'; line: %s"
            .formatted(where, expected, at, found, text));
  }
}
