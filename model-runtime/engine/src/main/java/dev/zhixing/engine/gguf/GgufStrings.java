package dev.zhixing.engine.gguf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * The strings of an array as they lie in the mapped file: four bytes on the heap each, decoded when
 * they are asked for. Immutable, safe for all threads, until the file is closed: {@link #get} and
 * {@link #copyBytes} throw {@link IllegalStateException} then.
 */
public final class GgufStrings extends AbstractList<String> implements RandomAccess {
  /** Each string has its length before it. */
  private static final int LENGTH_BYTES = 8;

  private final MemorySegment bytes;
  private final int[] starts; // one more than strings

  /**
   * Strings with eight bytes between one and the next.
   *
   * @param bytes from the first character of the first string on
   * @param starts where each begins, and where one more would begin
   */
  GgufStrings(MemorySegment bytes, int[] starts) {
    this.bytes = bytes;
    this.starts = starts;
  }

  @Override
  public int size() {
    return starts.length - 1;
  }

  /** Returns the index in {@link #copyBytes} of a string's first byte. */
  public int start(int index) {
    return starts[Objects.checkIndex(index, size())];
  }

  /** Returns the index in {@link #copyBytes} behind a string's last byte. */
  public int end(int index) {
    return starts[Objects.checkIndex(index, size()) + 1] - LENGTH_BYTES;
  }

  /** Returns all strings in UTF-8, as the file has them, and what lies between them. */
  public byte[] copyBytes() {
    return bytes.toArray(ValueLayout.JAVA_BYTE);
  }

  @Override
  public String get(int index) {
    byte[] one = new byte[end(index) - start(index)];
    MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, start(index), one, 0, one.length);
    return new String(one, StandardCharsets.UTF_8);
  }
}
