package dev.zhixing.engine.safetensors;

import dev.zhixing.engine.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;

/** Writes small safetensors files for tests. */
final class SafetensorsWriter {
  private final StringJoiner header = new StringJoiner(",", "{", "}");
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();

  SafetensorsWriter add(String name, Tensor tensor) {
    byte[] bytes = tensor.data().toArray(ValueLayout.JAVA_BYTE);
    return add(name, tensor.type().name(), tensor.shape(), bytes);
  }

  SafetensorsWriter floats(String name, float[] values, long... shape) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return add(name, "F32", Arrays.stream(shape).boxed().toList(), bytes.array());
  }

  SafetensorsWriter add(String name, String type, List<Long> shape, byte[] bytes) {
    header.add(
        "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
            .formatted(name, type, shape, data.size(), data.size() + bytes.length));
    data.writeBytes(bytes);
    return this;
  }

  byte[] bytes() {
    return bytes(header.toString(), data.toByteArray());
  }

  static byte[] bytes(String header, byte... data) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + text.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .put(data)
        .array();
  }

  void write(Path file) {
    try {
      Files.write(file, bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
