package dev.zhixing.chat.format;

import dev.zhixing.chat.template.MarkedText;
import dev.zhixing.engine.grammar.Rule;
import dev.zhixing.engine.tokenizer.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The spellings of a vocabulary's special tokens, and what depends on who wrote them: only a
 * template's own become tokens. Immutable, safe for all threads.
 */
public final class Spellings {
  private record Special(String spelling, int id) {}

  private final Tokenizer tokenizer;

  /** By their first character, the longest first. */
  private final Map<Character, List<Special>> specials = new HashMap<>();

  public Spellings(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
    for (int id = 0; id < tokenizer.size(); id++) {
      if (tokenizer.isSpecial(id) && tokenizer.bytes(id).length > 0) {
        Special special = new Special(spelling(id), id);
        specials
            .computeIfAbsent(special.spelling().charAt(0), first -> new ArrayList<>())
            .add(special);
      }
    }
    specials
        .values()
        .forEach(
            all ->
                all.sort((a, b) -> Integer.compare(b.spelling().length(), a.spelling().length())));
  }

  /** A token's bytes as text. */
  public String spelling(int id) {
    return new String(tokenizer.bytes(id), StandardCharsets.UTF_8);
  }

  /** Whether a text is the spelling of a special token. */
  public boolean isSpecial(String text) {
    Special special = text.isEmpty() ? null : at(text, 0);
    return special != null && special.spelling().equals(text);
  }

  private @Nullable Special at(String text, int i) {
    List<Special> candidates = specials.get(text.charAt(i));
    if (candidates != null) {
      for (Special special : candidates) {
        if (text.startsWith(special.spelling(), i)) {
          return special;
        }
      }
    }
    return null;
  }

  /**
   * The tokens of a rendered text: special ones where the template itself spells them, ordinary
   * ones for everything else.
   */
  public int[] encode(MarkedText marked) {
    String text = marked.text();
    List<Special> own = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    boolean isForged = false;
    for (int i = 0; i < text.length(); i++) {
      Special special = at(text, i);
      if (special == null) {
        continue;
      }
      if (marked.isTrusted(i, i + special.spelling().length())) {
        own.add(special);
        places.add(i);
        i += special.spelling().length() - 1;
      } else {
        isForged = true;
      }
    }
    return isForged ? encodeParts(text, own, places) : tokenizer.encodeTrusted(text);
  }

  private int[] encodeParts(String text, List<Special> own, List<Integer> places) {
    int[] ids = new int[0];
    int from = 0;
    for (int k = 0; k < own.size(); k++) {
      ids = append(ids, part(text, from, places.get(k)));
      ids = append(ids, own.get(k).id());
      from = places.get(k) + own.get(k).spelling().length();
    }
    return append(ids, part(text, from, text.length()));
  }

  private int[] part(String text, int from, int to) {
    return from == to ? new int[0] : tokenizer.encode(text.substring(from, to));
  }

  private static int[] append(int[] ids, int... more) {
    int[] all = Arrays.copyOf(ids, ids.length + more.length);
    System.arraycopy(more, 0, all, ids.length, more.length);
    return all;
  }

  /** A rule for exactly this text, special tokens where it spells them. */
  public List<Rule> rules(String text) {
    List<Rule> rules = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      Special special = at(text, i);
      if (special != null) {
        if (from < i) {
          rules.add(new Rule.Literal(text.substring(from, i)));
        }
        rules.add(new Rule.Token(special.id()));
        i += special.spelling().length() - 1;
        from = i + 1;
      }
    }
    if (from < text.length()) {
      rules.add(new Rule.Literal(text.substring(from)));
    }
    return rules;
  }

  /** The special tokens that a text spells. */
  public int[] in(String text) {
    int[] found = new int[0];
    for (int i = 0; i < text.length(); i++) {
      Special special = at(text, i);
      if (special != null) {
        found = append(found, special.id());
        i += special.spelling().length() - 1;
      }
    }
    return Arrays.stream(found).distinct().toArray();
  }
}
