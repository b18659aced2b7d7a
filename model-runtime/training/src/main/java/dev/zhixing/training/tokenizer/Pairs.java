package dev.zhixing.training.tokenizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Counts of neighbouring symbols, kept up to date merge by merge: a merge touches only the words
 * that hold its pair. For one thread.
 */
final class Pairs {
  /** Two neighbours: how often they occur, and in which words they did at some time. */
  static final class Pair {
    final int left;
    final int right;
    private long count;
    private int[] words = new int[4];
    private int size;
    private int grownIn = -1;

    Pair(int left, int right) {
      this.left = left;
      this.right = right;
    }

    private void occursIn(int word) {
      if (size > 0 && words[size - 1] == word) {
        return;
      }
      if (size == words.length) {
        words = Arrays.copyOf(words, size * 2);
      }
      words[size++] = word;
    }
  }

  private record Candidate(Pair pair, long count) {}

  private final Words words;
  private final Symbols symbols;
  private final Map<Long, Pair> pairs = new HashMap<>();
  private final PriorityQueue<Candidate> candidates = new PriorityQueue<>(this::frequentFirst);
  private final List<Pair> grown = new ArrayList<>();
  private int step;

  Pairs(Words words, Symbols symbols) {
    this.words = words;
    this.symbols = symbols;
    for (int word = 0; word < words.size(); word++) {
      for (int i = 0; i + 1 < words.length(word); i++) {
        grow(word, words.symbol(word, i), words.symbol(word, i + 1));
      }
    }
    offerGrown();
  }

  private int frequentFirst(Candidate a, Candidate b) {
    int order = Long.compare(b.count(), a.count());
    return order != 0
        ? order
        : symbols.compare(a.pair().left, a.pair().right, b.pair().left, b.pair().right);
  }

  /** The most frequent pair of those that occur twice or more, or null. */
  @Nullable Pair mostFrequent() {
    while (true) {
      Candidate best = candidates.poll();
      if (best == null || best.count() < 2) {
        return null;
      }
      long now = best.pair().count;
      if (now == best.count()) {
        return best.pair();
      }
      if (now < best.count()) {
        candidates.add(new Candidate(best.pair(), now));
      } // else it grew since and was offered again then
    }
  }

  /** Replaces {@code pair} by {@code symbol} wherever it occurs. */
  void merge(Pair pair, int symbol) {
    int[] where = pair.words;
    int n = pair.size;
    pair.words = new int[4];
    pair.size = 0;
    for (int k = 0; k < n; k++) {
      mergeIn(where[k], pair.left, pair.right, symbol);
    }
    offerGrown();
  }

  private void mergeIn(int word, int left, int right, int symbol) {
    int length = words.length(word);
    int out = 0;
    for (int i = 0; i < length; out++) {
      boolean here =
          i + 1 < length && words.symbol(word, i) == left && words.symbol(word, i + 1) == right;
      if (!here) {
        words.set(word, out, words.symbol(word, i));
        i++;
        continue;
      }
      shrink(word, left, right);
      if (out > 0) {
        shrink(word, words.symbol(word, out - 1), left);
        grow(word, words.symbol(word, out - 1), symbol);
      }
      if (i + 2 < length) {
        shrink(word, right, words.symbol(word, i + 2));
        grow(word, symbol, words.symbol(word, i + 2));
      }
      words.set(word, out, symbol);
      i += 2;
    }
    words.shorten(word, out);
  }

  private void grow(int word, int left, int right) {
    Pair pair = pairs.get(key(left, right));
    if (pair == null) {
      if (!symbols.mayJoin(left, right)) {
        return;
      }
      pair = new Pair(left, right);
      pairs.put(key(left, right), pair);
    }
    if (pair.grownIn != step) {
      pair.grownIn = step;
      grown.add(pair);
    }
    pair.count += words.count(word);
    pair.occursIn(word);
  }

  private void shrink(int word, int left, int right) {
    Pair pair = pairs.get(key(left, right));
    if (pair != null) {
      pair.count -= words.count(word);
    }
  }

  private void offerGrown() {
    for (Pair pair : grown) {
      candidates.add(new Candidate(pair, pair.count));
    }
    grown.clear();
    step++;
  }

  private static long key(int left, int right) {
    return (long) left << 32 | right;
  }
}
