package dev.zhixing.engine.gguf;

import dev.zhixing.engine.tensor.TensorType;
import java.nio.ByteBuffer;

/** Turns numbers into a tensor type's bytes. */
final class TensorEncoder {
  private TensorEncoder() {}

  /** Writes {@code count} numbers, whole blocks, at the buffer's position. */
  static void encode(TensorType type, float[] values, int offset, int count, ByteBuffer to) {
    switch (type) {
      case F32 -> {
        for (int i = 0; i < count; i++) {
          to.putFloat(values[offset + i]);
        }
      }
      case F16 -> {
        for (int i = 0; i < count; i++) {
          to.putShort(Float.floatToFloat16(values[offset + i]));
        }
      }
      case Q8_0 -> {
        for (int i = 0; i < count; i += 32) {
          encodeQ8Block(values, offset + i, to);
        }
      }
    }
  }

  /** As ggml's reference: the scale is the greatest magnitude / 127; halves round away from 0. */
  private static void encodeQ8Block(float[] values, int offset, ByteBuffer to) {
    float greatest = 0;
    for (int i = 0; i < 32; i++) {
      greatest = Math.max(greatest, Math.abs(values[offset + i]));
    }
    float scale = greatest / 127;
    float inverse = scale == 0 ? 0 : 1 / scale;
    to.putShort(Float.floatToFloat16(scale));
    for (int i = 0; i < 32; i++) {
      float x = values[offset + i] * inverse;
      to.put((byte) (x < 0 ? Math.ceil(x - 0.5) : Math.floor(x + 0.5)));
    }
  }
}
