package dev.zhixing.training.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/** All distinct chunks as symbols, one after the other in one array. For one thread. */
final class Words {
  private int[] symbols = new int[1 << 16];
  private int[] starts = new int[1 << 12];
  private int[] lengths = new int[1 << 12];
  private long[] counts = new long[1 << 12];
  private long[] spaced = new long[1 << 12];
  private int words;
  private int used;

  /** The chunks, cut at and without the {@code rare} characters. */
  Words(Map<String, ChunkCounts.Count> chunks, Set<Integer> rare) {
    for (Map.Entry<String, ChunkCounts.Count> entry : chunks.entrySet()) {
      String chunk = entry.getKey();
      int from = 0;
      for (int i = 0; i < chunk.length(); ) {
        int next = i + Character.charCount(chunk.codePointAt(i));
        if (!rare.isEmpty() && rare.contains(chunk.codePointAt(i))) {
          add(chunk.substring(from, i), entry.getValue().all, 0);
          from = next;
        }
        i = next;
      }
      long withSpace = from == 0 ? entry.getValue().spaced : 0;
      add(chunk.substring(from), entry.getValue().all, withSpace);
    }
  }

  private void add(String part, long count, long withSpace) {
    if (part.isEmpty()) {
      return;
    }
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    if (words == starts.length) {
      starts = Arrays.copyOf(starts, words * 2);
      lengths = Arrays.copyOf(lengths, words * 2);
      counts = Arrays.copyOf(counts, words * 2);
      spaced = Arrays.copyOf(spaced, words * 2);
    }
    if (used + bytes.length > symbols.length) {
      symbols = Arrays.copyOf(symbols, Math.max(used + bytes.length, symbols.length * 2));
    }
    starts[words] = used;
    lengths[words] = bytes.length;
    counts[words] = count;
    spaced[words] = withSpace;
    words++;
    for (byte b : bytes) {
      symbols[used++] = b & 0xff;
    }
  }

  int size() {
    return words;
  }

  long count(int word) {
    return counts[word];
  }

  /** How often the word had a space before it. */
  long spaced(int word) {
    return spaced[word];
  }

  int length(int word) {
    return lengths[word];
  }

  int symbol(int word, int i) {
    return symbols[starts[word] + i];
  }

  void set(int word, int i, int symbol) {
    symbols[starts[word] + i] = symbol;
  }

  void shorten(int word, int length) {
    lengths[word] = length;
  }
}
