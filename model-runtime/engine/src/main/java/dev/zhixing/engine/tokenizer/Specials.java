package dev.zhixing.engine.tokenizer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The special tokens of a vocabulary by their spelling. Immutable. */
final class Specials {
  private record Special(String spelling, int id) {}

  private final List<Special> longestFirst;
  private final Map<String, Integer> ids;
  private final String firstChars;

  Specials(BytePairVocabulary vocabulary) {
    List<Special> parsed = new ArrayList<>();
    for (int id = 0; id < vocabulary.tokens().size(); id++) {
      TokenType type = vocabulary.type(id);
      String spelling = vocabulary.tokens().get(id);
      if (type.special() && type != TokenType.UNUSED && !spelling.isEmpty()) {
        parsed.add(new Special(spelling, id));
      }
    }
    parsed.sort((a, b) -> Integer.compare(b.spelling().length(), a.spelling().length()));
    longestFirst = List.copyOf(parsed);
    Map<String, Integer> bySpelling = new HashMap<>();
    StringBuilder first = new StringBuilder();
    for (Special special : parsed) {
      bySpelling.putIfAbsent(special.spelling(), special.id());
      String head = special.spelling().substring(0, 1);
      first.append(first.indexOf(head) < 0 ? head : "");
    }
    ids = Map.copyOf(bySpelling);
    firstChars = first.toString();
  }

  OptionalInt id(String spelling) {
    Integer id = ids.get(spelling);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /** Encodes {@code text}: special tokens where they are spelt out, ordinary text between. */
  void encode(String text, ChunkEncoder encoder) {
    int from = 0;
    int i = 0;
    while (i < text.length()) {
      Special special = at(text, i);
      if (special == null) {
        i++;
        continue;
      }
      encoder.encode(text, from, i);
      encoder.add(special.id());
      i += special.spelling().length();
      from = i;
    }
    encoder.encode(text, from, text.length());
  }

  private @Nullable Special at(String text, int i) {
    if (firstChars.indexOf(text.charAt(i)) < 0) {
      return null;
    }
    for (Special special : longestFirst) {
      if (text.startsWith(special.spelling(), i)) {
        return special;
      }
    }
    return null;
  }
}
