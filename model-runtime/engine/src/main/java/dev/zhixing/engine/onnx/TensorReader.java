package dev.zhixing.engine.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one initializer: numbers lie in {@code raw_data} or in {@code float_data}. */
final class TensorReader {
  // Field numbers and values of onnx.proto.
  private static final int DIMS = 1;
  private static final int DATA_TYPE = 2;
  private static final int FLOAT_DATA = 4;
  private static final int NAME = 8;
  private static final int RAW_DATA = 9;
  private static final int DATA_LOCATION = 14;
  private static final int FLOAT = 1;
  private static final int EXTERNAL = 1;

  private final String file;
  private final ProtobufReader in;
  private final int size;
  private final List<Long> shape = new ArrayList<>();
  private String name = "";
  private long type;
  private long location;
  private @Nullable ByteBuffer raw;
  private @Nullable ByteBuffer floats;

  TensorReader(String file, ByteBuffer message) {
    this.file = file;
    this.size = message.remaining();
    this.in = new ProtobufReader(file + ": initializer", message);
  }

  /** Returns the tensor, or null if it is of another type. */
  @Nullable OnnxTensor read() {
    while (in.next()) {
      switch (in.field()) {
        case DIMS -> readSizes();
        case DATA_TYPE -> type = in.integer();
        case FLOAT_DATA -> readFloats();
        case NAME -> name = in.text();
        case RAW_DATA -> raw = in.bytes();
        case DATA_LOCATION -> location = in.integer();
        default -> in.skip();
      }
    }
    if (type != FLOAT) {
      return null;
    }
    if (location == EXTERNAL) {
      throw new OnnxException(
          "%s: %s: expected the numbers in the file, found them in another one"
              .formatted(file, name));
    }
    ByteBuffer data = raw != null ? raw : floats != null ? floats.flip() : ByteBuffer.allocate(0);
    try {
      return new OnnxTensor(name, shape, data);
    } catch (OnnxException e) {
      throw new OnnxException(file + ": " + e.getMessage());
    }
  }

  private void readSizes() {
    if (in.isBytes()) {
      in.packedIntegers(shape);
    } else {
      shape.add(in.integer());
    }
  }

  private void readFloats() {
    ByteBuffer all = floats;
    if (all == null) {
      all = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
      floats = all;
    }
    if (in.isBytes()) {
      all.put(in.bytes());
    } else {
      all.putFloat(in.real());
    }
  }
}
