package dev.zhixing.engine.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes protobuf messages, for tests. */
public final class OnnxBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  OnnxBytes varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
    return this;
  }

  OnnxBytes integer(int field, long value) {
    return varint(field << 3).varint(value);
  }

  OnnxBytes bytes(int field, byte[] value) {
    varint(field << 3 | 2).varint(value.length);
    out.writeBytes(value);
    return this;
  }

  OnnxBytes text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds a message. */
  public OnnxBytes message(int field, OnnxBytes value) {
    return bytes(field, value.toBytes());
  }

  OnnxBytes real(int field, float value) {
    varint(field << 3 | 5);
    out.writeBytes(floats(value));
    return this;
  }

  byte[] toBytes() {
    return out.toByteArray();
  }

  static byte[] floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return bytes.array();
  }

  /** A model of one graph. */
  public static byte[] model(OnnxBytes graph) {
    return new OnnxBytes().integer(1, 6).text(2, "test").message(7, graph).toBytes();
  }

  /** A single-precision initializer with raw data. */
  public static OnnxBytes tensor(String name, float[] values, long... shape) {
    OnnxBytes tensor = new OnnxBytes();
    for (long size : shape) {
      tensor.integer(1, size);
    }
    return tensor.integer(2, 1).text(8, name).bytes(9, floats(values));
  }

  /** A node and the names of what goes into it. */
  public static OnnxBytes node(String name, String operation, String... inputs) {
    OnnxBytes node = new OnnxBytes();
    for (String input : inputs) {
      node.text(1, input);
    }
    return node.text(3, name).text(4, operation);
  }
}
