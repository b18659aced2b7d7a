package dev.zhixing.training.tokenizer;

import dev.zhixing.engine.tokenizer.PreTokenizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How often each chunk of a text occurs, its leading space taken off. For one thread. */
final class ChunkCounts {
  /** Occurrences of a chunk, and how many of them had a space before it. */
  static final class Count {
    long all;
    long spaced;
  }

  private final PreTokenizer preTokenizer;
  private final Map<String, Count> counts = new HashMap<>();

  ChunkCounts(PreTokenizer preTokenizer) {
    this.preTokenizer = preTokenizer;
  }

  void add(String text) {
    preTokenizer.split(
        text,
        0,
        text.length(),
        (start, end) -> {
          boolean spaced = end - start > 1 && text.charAt(start) == ' ';
          String chunk = text.substring(spaced ? start + 1 : start, end);
          Count count = counts.computeIfAbsent(chunk, key -> new Count());
          count.all++;
          if (spaced) {
            count.spaced++;
          }
        });
  }

  Map<String, Count> counts() {
    return counts;
  }

  /** The rarest code points, those beyond {@code coverage} of all characters. */
  Set<Integer> rareCharacters(double coverage) {
    Map<Integer, Long> characters = new HashMap<>();
    long total = 0;
    for (Map.Entry<String, Count> entry : counts.entrySet()) {
      String chunk = entry.getKey();
      long n = entry.getValue().all;
      for (int i = 0; i < chunk.length(); i += Character.charCount(chunk.codePointAt(i))) {
        characters.merge(chunk.codePointAt(i), n, Long::sum);
        total += n;
      }
    }
    List<Map.Entry<Integer, Long>> frequentFirst = new ArrayList<>(characters.entrySet());
    frequentFirst.sort(
        Map.Entry.<Integer, Long>comparingByValue(Comparator.reverseOrder())
            .thenComparing(Map.Entry.comparingByKey()));
    Set<Integer> rare = new HashSet<>();
    long seen = 0;
    for (Map.Entry<Integer, Long> character : frequentFirst) {
      if (seen >= coverage * total) {
        rare.add(character.getKey());
      }
      seen += character.getValue();
    }
    return rare;
  }
}
