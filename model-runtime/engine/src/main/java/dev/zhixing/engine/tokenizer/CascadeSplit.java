package dev.zhixing.engine.tokenizer;

import java.util.List;

/**
 * Cuts one after the other: each parts the pieces of the one before into its matches and what is
 * between them.
 *
 * @param cuts the expressions in order
 */
record CascadeSplit(List<Cut> cuts) implements PreTokenizer {
  CascadeSplit {
    cuts = List.copyOf(cuts);
  }

  @Override
  public void split(String text, int start, int end, ChunkConsumer consumer) {
    split(0, text, start, end, consumer);
  }

  private void split(int level, String text, int start, int end, ChunkConsumer consumer) {
    if (level == cuts.size()) {
      consumer.chunk(start, end);
      return;
    }
    Cut cut = cuts.get(level);
    int from = start;
    int i = start;
    while (i < end) {
      int match = cut.match(text, start, i, end);
      if (match <= i) {
        i += Character.charCount(Scan.codePoint(text, i, end));
        continue;
      }
      if (i > from) {
        split(level + 1, text, from, i, consumer);
      }
      split(level + 1, text, i, match, consumer);
      i = match;
      from = i;
    }
    if (end > from) {
      split(level + 1, text, from, end, consumer);
    }
  }
}
