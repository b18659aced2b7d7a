package dev.zhixing.engine.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads the fields of one protobuf message, one after another. Nothing is believed: a length must
 * fit into what is left of the message, and memory is taken only for what is there.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">the encoding</a>
 */
final class ProtobufReader {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  private final String where;
  private final ByteBuffer in;
  private int field;
  private int wireType;

  /**
   * Reads a message.
   *
   * @param where names the file and the message, for error texts
   * @param message its bytes, from position to limit
   */
  ProtobufReader(String where, ByteBuffer message) {
    this.where = where;
    this.in = message.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Goes to the next field, if there is one; what it holds must be read, or skipped, next. */
  boolean next() {
    if (!in.hasRemaining()) {
      return false;
    }
    long key = varint();
    wireType = (int) (key & 7);
    long number = key >>> 3;
    if (number < 1 || number > 0x1fff_ffff) {
      throw wrong("a field number from 1 to 536870911", Long.toUnsignedString(number));
    }
    field = (int) number;
    return true;
  }

  /** Returns the number of the field that comes next. */
  int field() {
    return field;
  }

  /** Says whether the field is a text, a message, or packed numbers. */
  boolean isBytes() {
    return wireType == BYTES;
  }

  /** Reads an integer. */
  long integer() {
    expect(VARINT, "an integer");
    return varint();
  }

  /** Reads packed integers. */
  void packedIntegers(List<Long> to) {
    ProtobufReader packed = new ProtobufReader(where, bytes());
    while (packed.in.hasRemaining()) {
      to.add(packed.varint());
    }
  }

  /** Reads a single-precision number. */
  float real() {
    expect(FIXED32, "a 32-bit number");
    need(4);
    return in.getFloat();
  }

  /** Reads a text. */
  String text() {
    return StandardCharsets.UTF_8.decode(bytes()).toString();
  }

  /** Reads bytes, or a message: a view, little-endian. */
  ByteBuffer bytes() {
    expect(BYTES, "bytes");
    long length = varint();
    if (length < 0 || length > in.remaining()) {
      throw wrong(
          "at most the %d bytes that are left".formatted(in.remaining()),
          Long.toUnsignedString(length));
    }
    ByteBuffer bytes = in.slice(in.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
    in.position(in.position() + (int) length);
    return bytes;
  }

  /** Passes over the field. */
  void skip() {
    switch (wireType) {
      case VARINT -> varint();
      case FIXED64 -> pass(8);
      case BYTES -> bytes();
      case FIXED32 -> pass(4);
      default -> throw wrong("wire type 0, 1, 2 or 5", Integer.toString(wireType));
    }
  }

  private void pass(int count) {
    need(count);
    in.position(in.position() + count);
  }

  private void need(int count) {
    if (in.remaining() < count) {
      throw wrong(count + " more bytes", Integer.toString(in.remaining()));
    }
  }

  private void expect(int type, String what) {
    if (wireType != type) {
      throw wrong(what + " (wire type " + type + ")", "wire type " + wireType);
    }
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      need(1);
      byte next = in.get();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw wrong("an integer of at most 10 bytes", "a longer one");
  }

  private OnnxException wrong(String expected, String found) {
    return new OnnxException(
        "%s: field %d, byte %d: expected %s, found %s; is it an ONNX file, and whole?"
            .formatted(where, field, in.position(), expected, found));
  }
}
