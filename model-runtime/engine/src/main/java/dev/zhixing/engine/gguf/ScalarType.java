package dev.zhixing.engine.gguf;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The types of single numbers and truth values in metadata. */
enum ScalarType {
  UINT8(0, 1),
  INT8(1, 1),
  UINT16(2, 2),
  INT16(3, 2),
  UINT32(4, 4),
  INT32(5, 4),
  FLOAT32(6, 4),
  BOOL(7, 1),
  UINT64(10, 8),
  INT64(11, 8),
  FLOAT64(12, 8);

  private final int id;
  private final int bytes;

  ScalarType(int id, int bytes) {
    this.id = id;
    this.bytes = bytes;
  }

  /** The type that the file calls by this number; none for strings, arrays and unknown ones. */
  static Optional<ScalarType> of(int id) {
    for (ScalarType type : values()) {
      if (type.id == id) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  int bytes() {
    return bytes;
  }

  /** Integers that an int holds, those of 32 bits without sign as its bits. */
  boolean fitsInt() {
    return switch (this) {
      case UINT8, INT8, UINT16, INT16, UINT32, INT32 -> true;
      case FLOAT32, BOOL, UINT64, INT64, FLOAT64 -> false;
    };
  }

  /** The value at an offset: the next wider class for one without sign. */
  Object get(MemorySegment from, long offset) {
    ByteBuffer in = from.asSlice(offset, bytes).asByteBuffer().order(LITTLE_ENDIAN);
    return switch (this) {
      case UINT8 -> (short) (in.get() & 0xff);
      case INT8 -> in.get();
      case UINT16 -> in.getShort() & 0xffff;
      case INT16 -> in.getShort();
      case UINT32 -> in.getInt() & 0xffff_ffffL;
      case INT32 -> in.getInt();
      case FLOAT32 -> in.getFloat();
      case BOOL -> in.get() != 0;
      case UINT64 -> unsigned(in.getLong());
      case INT64 -> in.getLong();
      case FLOAT64 -> in.getDouble();
    };
  }

  /** A long, or a greater class where that would be negative. */
  static Number unsigned(long bits) {
    return bits >= 0 ? (Number) bits : new BigInteger(Long.toUnsignedString(bits));
  }
}
