package dev.zhixing.engine.tokenizer;

import java.util.List;
import java.util.OptionalInt;

/**
 * The tokens of a vocabulary that are found in text by their spelling, before anything else: in
 * trusted text all that are control, unknown or user-defined, in other text the user-defined ones
 * only. Where several begin at one place the longest counts. Immutable.
 */
final class Specials {
  /** Takes the parts of a text in order. */
  interface Parts {
    /** Takes ordinary text, {@code [start, end)} of it, which is not empty. */
    void text(String text, int start, int end);

    /** Takes a token that was spelt out. */
    void token(int id);
  }

  private static final int TRUSTED = 0;
  private static final int OTHER = 1;

  private final SpellingTrie trie = new SpellingTrie();
  private final int[] roots = {trie.newRoot(), trie.newRoot()};
  private final long[][] heads = new long[2][]; // a bit for each first character
  private final Stripping stripping;
  private final List<String> tokens;
  private final boolean[] found;

  Specials(List<String> tokens, TokenType[] types, Stripping stripping) {
    this.tokens = tokens;
    this.stripping = stripping;
    this.found = new boolean[types.length];
    for (int id = 0; id < types.length; id++) {
      TokenType type = types[id];
      if (type == TokenType.USER_DEFINED) {
        put(OTHER, id);
        put(TRUSTED, id);
      } else if (type == TokenType.CONTROL || type == TokenType.UNKNOWN) {
        put(TRUSTED, id);
      }
    }
  }

  private void put(int kind, int id) {
    String spelling = tokens.get(id);
    if (spelling.isEmpty()) {
      return;
    }
    if (heads[kind] == null) {
      heads[kind] = new long[1024];
    }
    heads[kind][spelling.charAt(0) >> 6] |= 1L << spelling.charAt(0);
    trie.put(roots[kind], spelling, 0, id);
    found[id] = true;
  }

  /** Whether {@code id} is one of these tokens. */
  boolean has(int id) {
    return found[id];
  }

  OptionalInt id(String spelling) {
    long found = trie.longest(roots[TRUSTED], spelling, 0, spelling.length());
    return found >= 0 && (int) found == spelling.length()
        ? OptionalInt.of((int) (found >>> 32))
        : OptionalInt.empty();
  }

  /** Cuts {@code text} into its parts. */
  void split(String text, boolean trusted, Parts parts) {
    int kind = trusted ? TRUSTED : OTHER;
    long[] first = heads[kind];
    int from = 0;
    for (int i = 0; first != null && i < text.length(); ) {
      char c = text.charAt(i);
      long found = SpellingTrie.NONE;
      if ((first[c >> 6] >> c & 1) != 0) {
        found = trie.longest(roots[kind], text, i, text.length());
      }
      if (found < 0) {
        i++;
        continue;
      }
      int id = (int) (found >>> 32);
      int end = stripping.before(tokens.get(id)) ? withoutSpace(text, from, i) : i;
      if (end > from) {
        parts.text(text, from, end);
      }
      parts.token(id);
      i = (int) found;
      while (stripping.behind(tokens.get(id)) && i < text.length() && isSpace(text.charAt(i))) {
        i++;
      }
      from = i;
    }
    if (from < text.length()) {
      parts.text(text, from, text.length());
    }
  }

  private static int withoutSpace(String text, int from, int end) {
    while (end > from && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }
}
