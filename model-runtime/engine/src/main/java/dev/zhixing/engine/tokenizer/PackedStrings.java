package dev.zhixing.engine.tokenizer;

import dev.zhixing.engine.gguf.GgufStrings;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/**
 * Byte strings one behind the other, four bytes more than they have themselves each: a hundred
 * thousand of Java's strings would take ten times as much. As a list it has them decoded from
 * UTF-8. Immutable but for its {@link Builder}, safe for all threads.
 */
final class PackedStrings extends AbstractList<String> implements RandomAccess {
  private final byte[] bytes;
  private final int[] starts; // and the end of the last

  private PackedStrings(byte[] bytes, int[] starts) {
    this.bytes = bytes;
    this.starts = starts;
  }

  /** The strings of a list. */
  static PackedStrings of(List<String> list) {
    return switch (list) {
      case PackedStrings packed -> packed;
      case GgufStrings strings -> of(strings);
      default -> {
        Builder builder = new Builder(list.size(), 8 * list.size());
        for (String text : list) {
          builder.add(text.getBytes(StandardCharsets.UTF_8));
        }
        yield builder.build();
      }
    };
  }

  private static PackedStrings of(GgufStrings strings) {
    byte[] bytes = strings.copyBytes();
    int[] starts = new int[strings.size() + 1];
    for (int i = 0; i < strings.size(); i++) {
      int length = strings.end(i) - strings.start(i);
      System.arraycopy(bytes, strings.start(i), bytes, starts[i], length);
      starts[i + 1] = starts[i] + length;
    }
    return new PackedStrings(Arrays.copyOf(bytes, starts[strings.size()]), starts);
  }

  @Override
  public int size() {
    return starts.length - 1;
  }

  @Override
  public String get(int index) {
    return new String(bytes, start(index), length(index), StandardCharsets.UTF_8);
  }

  /** All of them, to be read only. */
  byte[] bytes() {
    return bytes;
  }

  int start(int index) {
    return starts[index];
  }

  int end(int index) {
    return starts[index + 1];
  }

  int length(int index) {
    return starts[index + 1] - starts[index];
  }

  /** Whether one has the byte. */
  boolean has(int index, byte value) {
    for (int i = start(index); i < end(index); i++) {
      if (bytes[i] == value) {
        return true;
      }
    }
    return false;
  }

  /** A copy of one. */
  byte[] copy(int index) {
    return Arrays.copyOfRange(bytes, start(index), end(index));
  }

  /** Puts strings one behind the other. For one thread. */
  static final class Builder {
    private byte[] bytes;
    private int[] starts;
    private int size;

    /** Room for so many strings, and bytes of all together; more is made where needed. */
    Builder(int strings, int bytes) {
      this.bytes = new byte[bytes];
      this.starts = new int[strings + 1];
    }

    int size() {
      return size;
    }

    Builder add(byte[] text) {
      return add(text, 0, text.length);
    }

    Builder add(byte[] from, int start, int end) {
      for (int i = start; i < end; i++) {
        append(from[i]);
      }
      return end();
    }

    /** Adds a byte to the string that {@link #end} ends. */
    void append(byte value) {
      int at = starts[size];
      if (at == bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.addExact(at, at / 2 + 64));
      }
      bytes[at] = value;
      starts[size] = at + 1;
    }

    Builder end() {
      if (++size == starts.length) {
        starts = Arrays.copyOf(starts, size + size / 2 + 8);
      }
      starts[size] = starts[size - 1];
      return this;
    }

    /** The strings so far; nothing may be added behind. */
    PackedStrings build() {
      int[] begins = new int[size + 1];
      System.arraycopy(starts, 0, begins, 1, size);
      return new PackedStrings(Arrays.copyOf(bytes, begins[size]), begins);
    }
  }
}
