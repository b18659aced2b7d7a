package dev.zhixing.agent.redaction;

import dev.zhixing.agent.redaction.Quotes.Quote;
import org.jspecify.annotations.Nullable;

/**
 * Finds the values that follow names of secrets in any text: {@code name=value}, {@code name:
 * value}, JSON whole or in pieces, YAML, XML, headers, queries, options of commands, prose. One
 * scan over the words of the text; the lengths looked at beyond the next word are bounded.
 */
final class NamedValues implements SecretFinder {
  private final SecretNames names;

  NamedValues(SecretNames names) {
    this.names = names;
  }

  @Override
  public void find(String text, Spans found) {
    if (!names.isEmpty()) {
      new Scan(names, text, found).run();
    }
  }

  /** The scan of one text. */
  private static final class Scan {
    private final SecretNames names;
    private final String text;
    private final Spans found;
    private final Quotes quotes;
    private final Separators separators;
    private final ValueEnds ends;
    private int before;
    private int beforeEnd = -2;

    Scan(SecretNames names, String text, Spans found) {
      this.names = names;
      this.text = text;
      this.found = found;
      quotes = new Quotes(text);
      separators = new Separators(text, quotes);
      ends = new ValueEnds(text, quotes);
    }

    void run() {
      for (int i = 0; i < text.length(); ) {
        char c = text.charAt(i);
        if (Letters.isAsian(c)) {
          String noun = names.asianNounAt(text, i);
          i = noun.isEmpty() ? i + 1 : named(i, i + noun.length(), noun);
        } else if (Letters.isOfName(c)) {
          i = word(i);
        } else {
          i++;
        }
      }
    }

    private int word(int start) {
      int end = Letters.nameEnd(text, start);
      boolean joined = beforeEnd == start - 1 && text.charAt(beforeEnd) == ' ';
      String name = Letters.decoded(text.substring(joined ? before : start, end));
      before = start;
      beforeEnd = end;
      return named(start, end, name);
    }

    /** Takes out the value of {@code name}, if it has one; gives where to go on. */
    private int named(int start, int end, String name) {
      Quote closing = separators.isGenitive(end) ? null : quotes.closing(end);
      Secrecy secrecy = closing == null ? names.of(name) : names.ofProperty(name);
      if (secrecy == Secrecy.NONE) {
        return end;
      }
      Separators.Separator separator = separators.after(start, end, secrecy, closing);
      return separator == null ? end : value(start, secrecy, separator, closing);
    }

    private int value(
        int name, Secrecy secrecy, Separators.Separator separator, @Nullable Quote closing) {
      ValueEnds.Value value = ends.of(name, secrecy, separator, closing != null);
      String content = text.substring(value.start(), value.end());
      boolean word = separator.isWeak() && !value.quoted();
      boolean secret =
          SecretValues.isSecret(secrecy, content, value.quoted())
              && (!word || SecretValues.isSureOf(secrecy, content));
      if (!secret) {
        return Math.max(separator.end(), Math.min(value.start(), text.length()));
      }
      found.add(value.start(), value.end(), quoteAround(value, separator, closing));
      return value.end();
    }

    /** JSON has a number, say, where the mark has to be a string. */
    private String quoteAround(
        ValueEnds.Value value, Separators.Separator separator, @Nullable Quote closing) {
      return closing != null && closing.isPlain() && !value.quoted() && separator.isJson()
          ? text.substring(closing.start(), closing.end())
          : "";
    }
  }
}
