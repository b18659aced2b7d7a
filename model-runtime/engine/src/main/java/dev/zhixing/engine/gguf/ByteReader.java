package dev.zhixing.engine.gguf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * Reads little-endian values from a mapped file, through a window on the heap: plain array access
 * is what runs fast before anything is compiled, and headers are read once, at start.
 */
final class ByteReader {
  private static final int WINDOW = 1 << 16;

  private final String file;
  private final MemorySegment bytes;
  private final byte[] window = new byte[WINDOW];
  private long windowStart;
  private int windowSize;
  private int index;
  private String part = "header";
  private String name = "";

  ByteReader(String file, MemorySegment bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  /** Names what is read next, for error texts. */
  void at(String newPart, String newName) {
    part = newPart;
    name = newName;
  }

  long position() {
    return windowStart + index;
  }

  long remaining() {
    return bytes.byteSize() - position();
  }

  byte int8() {
    need(1);
    return window[index++];
  }

  short int16() {
    need(2);
    int value = (window[index] & 0xff) | window[index + 1] << 8;
    index += 2;
    return (short) value;
  }

  int int32() {
    need(4);
    int value =
        (window[index] & 0xff)
            | (window[index + 1] & 0xff) << 8
            | (window[index + 2] & 0xff) << 16
            | window[index + 3] << 24;
    index += 4;
    return value;
  }

  long int64() {
    long low = int32() & 0xffff_ffffL;
    return low | (long) int32() << 32;
  }

  /** Reads a length or count, at most what the rest of the file could hold. */
  int count(long number, int bytesEach, String what) {
    if (number < 0 || number > remaining() / bytesEach) {
      throw damaged(
          "%s %s of at least %d bytes each"
              .formatted(Long.toUnsignedString(number), what, bytesEach));
    }
    if (number > Integer.MAX_VALUE - 8) {
      throw new GgufException(
          "%s: %s%s: expected at most %d %s, found %d"
              .formatted(file, part, name, Integer.MAX_VALUE - 8, what, number));
    }
    return (int) number;
  }

  /** Reads a string; a version 1 file's lengths would be 32 bits, all others' are 64. */
  String string() {
    int length = count(int64(), 1, "bytes of text");
    if (length == 0) {
      return "";
    }
    if (length <= WINDOW) {
      need(length);
      String text = new String(window, index, length, StandardCharsets.UTF_8);
      index += length;
      return text;
    }
    byte[] raw = new byte[length];
    MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, position(), raw, 0, length);
    seek(position() + length);
    return new String(raw, StandardCharsets.UTF_8);
  }

  /** Goes on behind the next bytes, which are there. */
  void skip(long count) {
    if (index + count <= windowSize) {
      index += (int) count;
    } else {
      seek(position() + count);
    }
  }

  /** Returns bytes as they lie in the file. */
  MemorySegment slice(long from, long count) {
    return bytes.asSlice(from, count);
  }

  /** The file ends before what it announces: the exception to throw. */
  GgufException damaged(String expected) {
    return new GgufException(
        "%s: %s%s, at byte %d: expected %s, found %d bytes to the end of the file; the file is"
                .formatted(file, part, name, position(), expected, remaining())
            + " damaged or cut short, get it again");
  }

  private void need(int count) {
    if (index + count > windowSize) {
      if (count > remaining()) {
        throw damaged(count + " more bytes");
      }
      seek(position());
    }
  }

  private void seek(long position) {
    windowStart = position;
    windowSize = (int) Math.min(WINDOW, bytes.byteSize() - position);
    index = 0;
    MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, position, window, 0, windowSize);
  }
}
