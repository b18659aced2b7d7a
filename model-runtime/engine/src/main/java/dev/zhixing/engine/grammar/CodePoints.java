package dev.zhixing.engine.grammar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A set of code points as sorted ranges that do not touch; never surrogates. Immutable. */
final class CodePoints {
  static final CodePoints ALL = new CodePoints(new int[] {0, 0xd7ff, 0xe000, 0x10ffff});
  static final CodePoints DIGITS = of('0', '9');
  static final CodePoints WORD = of('0', '9', 'A', 'Z', '_', '_', 'a', 'z');
  static final CodePoints SPACE =
      of(
          9, 13, ' ', ' ', 0xa0, 0xa0, 0x1680, 0x1680, 0x2000, 0x200a, 0x2028, 0x2029, 0x202f,
          0x202f, 0x205f, 0x205f, 0x3000, 0x3000, 0xfeff, 0xfeff);
  static final CodePoints LINE_ENDS = of('\n', '\n', '\r', '\r', 0x2028, 0x2029);

  private final int[] edges; // first and last of each range

  private CodePoints(int[] edges) {
    this.edges = edges;
  }

  /** The set of ranges given by their first and last code points, in any order. */
  static CodePoints of(int... edges) {
    long[] ranges = new long[edges.length / 2];
    for (int i = 0; i < ranges.length; i++) {
      ranges[i] = (long) edges[2 * i] << 32 | edges[2 * i + 1];
    }
    Arrays.sort(ranges);
    int[] joined = new int[edges.length + 2];
    int n = 0;
    for (long range : ranges) {
      int from = (int) (range >> 32);
      int to = (int) range;
      if (n > 0 && from <= joined[n - 1] + 1) {
        joined[n - 1] = Math.max(joined[n - 1], to);
      } else {
        joined[n++] = from;
        joined[n++] = to;
      }
    }
    return new CodePoints(Arrays.copyOf(joined, n)).without(0xd800, 0xdfff);
  }

  private CodePoints without(int from, int to) {
    List<int[]> kept = new ArrayList<>();
    boolean changed = false;
    for (int i = 0; i < edges.length; i += 2) {
      int a = edges[i];
      int b = edges[i + 1];
      boolean meets = a <= to && b >= from;
      changed |= meets;
      if (!meets) {
        kept.add(new int[] {a, b});
      } else {
        if (a < from) {
          kept.add(new int[] {a, from - 1});
        }
        if (b > to) {
          kept.add(new int[] {to + 1, b});
        }
      }
    }
    return changed ? new CodePoints(kept.stream().flatMapToInt(Arrays::stream).toArray()) : this;
  }

  CodePoints or(CodePoints other) {
    int[] both = Arrays.copyOf(edges, edges.length + other.edges.length);
    System.arraycopy(other.edges, 0, both, edges.length, other.edges.length);
    return of(both);
  }

  /** All code points that are not in the set. */
  CodePoints complement() {
    int[] gaps = new int[edges.length + 2];
    int n = 0;
    int next = 0;
    for (int i = 0; i < edges.length; i += 2) {
      if (edges[i] > next) {
        gaps[n++] = next;
        gaps[n++] = edges[i] - 1;
      }
      next = edges[i + 1] + 1;
    }
    if (next <= 0x10ffff) {
      gaps[n++] = next;
      gaps[n++] = 0x10ffff;
    }
    return of(Arrays.copyOf(gaps, n));
  }

  boolean isEmpty() {
    return edges.length == 0;
  }

  int ranges() {
    return edges.length / 2;
  }

  int first(int range) {
    return edges[2 * range];
  }

  int last(int range) {
    return edges[2 * range + 1];
  }

  boolean contains(int codePoint) {
    int at = Arrays.binarySearch(edges, codePoint);
    return at >= 0 || (-at - 1) % 2 == 1;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CodePoints that && Arrays.equals(edges, that.edges);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(edges);
  }
}
