package dev.zhixing.agent.guardrail;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** What a term of a rule stands for: the pieces of text that it matches. Immutable. */
sealed interface Phrase {

  /**
   * Tells {@code then} each position of the plain {@code text} where this phrase may end if it
   * begins at {@code from}.
   */
  void match(Wording wording, String text, int from, IntConsumer then);

  /**
   * Tells {@code then} each literal with which this phrase may begin; returns whether it may be
   * empty.
   */
  boolean firsts(Consumer<String> then);

  /** A word as it stands in a plain text; if {@code open}, any ending may follow. */
  record Word(String literal, boolean open) implements Phrase {
    @Override
    public void match(Wording wording, String text, int from, IntConsumer then) {
      if (text.startsWith(literal, from)) {
        int end = from + literal.length();
        if (open && !wording.endsUnit(text, end)) {
          end = wording.next(text, end);
        }
        if (end >= 0 && wording.endsUnit(text, end)) {
          then.accept(end);
        }
      }
    }

    @Override
    public boolean firsts(Consumer<String> then) {
      then.accept(literal);
      return false;
    }
  }

  /** Up to so many units of anything. */
  record Gap() implements Phrase {
    @Override
    public void match(Wording wording, String text, int from, IntConsumer then) {
      int at = from;
      for (int i = 0; i <= wording.gap() && at >= 0; i++) {
        then.accept(at);
        at = wording.next(text, at);
      }
    }

    @Override
    public boolean firsts(Consumer<String> then) {
      return true;
    }
  }

  /** One of several. */
  record Choice(List<Phrase> options) implements Phrase {
    @Override
    public void match(Wording wording, String text, int from, IntConsumer then) {
      for (Phrase option : options) {
        option.match(wording, text, from, then);
      }
    }

    @Override
    public boolean firsts(Consumer<String> then) {
      boolean empty = false;
      for (Phrase option : options) {
        empty |= option.firsts(then);
      }
      return empty;
    }
  }

  /** One after the other. */
  record Sequence(List<Phrase> parts) implements Phrase {
    @Override
    public void match(Wording wording, String text, int from, IntConsumer then) {
      match(0, wording, text, from, then);
    }

    private void match(int part, Wording wording, String text, int from, IntConsumer then) {
      if (part == parts.size()) {
        then.accept(from);
      } else {
        parts
            .get(part)
            .match(wording, text, from, end -> match(part + 1, wording, text, end, then));
      }
    }

    @Override
    public boolean firsts(Consumer<String> then) {
      for (Phrase part : parts) {
        if (!part.firsts(then)) {
          return false;
        }
      }
      return true;
    }
  }

  /** Reads {@code term}: words, {@code ..}, {@code (a/b/)}, {@code $NAME} of {@code lists}. */
  static Phrase read(String term, Wording wording, Map<String, Phrase> lists) {
    return new Reader(term, wording, lists).sequence();
  }

  /** Reads a term from left to right. */
  final class Reader {
    private final String term;
    private final Wording wording;
    private final Map<String, Phrase> lists;
    private int at;

    private Reader(String term, Wording wording, Map<String, Phrase> lists) {
      this.term = term;
      this.wording = wording;
      this.lists = lists;
    }

    private Phrase sequence() {
      List<Phrase> parts = new ArrayList<>();
      while (at < term.length() && term.charAt(at) != '/' && term.charAt(at) != ')') {
        if (term.charAt(at) == '(') {
          parts.add(group());
        } else if (term.startsWith("..", at)) {
          at += 2;
          parts.add(new Gap());
        } else if (Character.isWhitespace(term.charAt(at))) {
          at++;
        } else {
          parts.add(word());
        }
      }
      return parts.size() == 1 ? parts.getFirst() : new Sequence(parts);
    }

    private Phrase group() {
      List<Phrase> options = new ArrayList<>();
      do {
        at++;
        options.add(sequence());
      } while (at < term.length() && term.charAt(at) == '/');
      if (at == term.length()) {
        throw new IllegalArgumentException("'" + term + "': expected ')', found the end");
      }
      at++;
      return new Choice(options);
    }

    private Phrase word() {
      int from = at;
      while (at < term.length()
          && " ()/".indexOf(term.charAt(at)) < 0
          && !term.startsWith("..", at)) {
        at++;
      }
      String word = term.substring(from, at);
      if (word.startsWith("$")) {
        Phrase list = lists.get(word.substring(1));
        if (list == null) {
          throw new IllegalArgumentException(
              "'" + term + "': expected one of " + lists.keySet() + ", found " + word);
        }
        return list;
      }
      if (!word.equals(word.toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException(
            "'"
                + term
                + "': expected lower case, found "
                + word
                + "; names of lists stand alone or follow $");
      }
      boolean open = word.endsWith("*");
      return new Word(wording.literal(open ? word.substring(0, word.length() - 1) : word), open);
    }
  }
}
