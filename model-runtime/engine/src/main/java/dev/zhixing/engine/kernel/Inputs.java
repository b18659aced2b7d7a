package dev.zhixing.engine.kernel;

import dev.zhixing.engine.tensor.TensorType;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of a product with weights of one type. For quantized weights they are rounded to
 * integers of 8 bits, block by block, just as the reference engine does: sums of products of codes
 * are then exact integers, so that their order does not matter. For weights in BF16 they are
 * rounded to BF16, as it does, too. Filled once, input by input, then read by all threads.
 *
 * <p>Blocks of 32: the scale is the greatest magnitude / 127, kept in half precision; beside it the
 * sum of the block's numbers, in half precision too. Blocks of 256: the scale is minus the number
 * farthest from 0 / 127, in single precision, and the codes' sums are kept for each 16.
 */
final class Inputs {
  private static final float ROUNDER = Exp.ROUNDER;

  private int count;
  private int columns;
  private float[] source = {};
  private float[] floats = {};
  private float[] rounded = {};
  private float[] codes = {};
  private short[] shorts = {};
  private @Nullable CodeOrder codeOrder;
  private float[] codeSums = {};
  private int[] excess = {};
  private float[] scales = {};
  private float[] sums = {};

  /**
   * Takes inputs, [count][columns], and makes room for their codes.
   *
   * @param order how {@link #shorts} lie, or null where they are not needed
   */
  void start(TensorType type, float[] x, int newCount, int newColumns, @Nullable CodeOrder order) {
    count = newCount;
    columns = newColumns;
    source = x;
    floats = x;
    int numbers = count * columns;
    if (type == TensorType.BF16) {
      rounded = rounded.length < numbers ? new float[numbers] : rounded;
      floats = rounded;
    }
    if (!type.isQuantized()) {
      return;
    }
    if (codes.length < numbers) {
      codes = new float[numbers];
    }
    codeOrder = order;
    int blocks = numbers / 32;
    int shortCount = order == null ? 0 : numbers / type.blockSize() * order.step();
    if (shorts.length < shortCount) {
      shorts = new short[shortCount];
    }
    if (scales.length < blocks) {
      scales = new float[blocks];
      codeSums = new float[blocks];
    }
    if (sums.length < numbers / 16) {
      sums = new float[numbers / 16];
      excess = new int[numbers / 16];
    }
  }

  int count() {
    return count;
  }

  int columns() {
    return columns;
  }

  /** Whether {@link #prepare} has to be called for each input. */
  static boolean needPreparing(TensorType type) {
    return type.isQuantized() || type == TensorType.BF16;
  }

  /** Rounds an input as weights of this type need it. */
  void prepare(int input, TensorType type) {
    if (type.isQuantized()) {
      quantize(input, type);
    } else {
      for (int i = input * columns; i < (input + 1) * columns; i++) {
        rounded[i] = brainFloat(source[i]);
      }
    }
  }

  /** Rounds to 8 significant bits, to even among two. */
  private static float brainFloat(float x) {
    int bits = Float.floatToRawIntBits(x);
    return Float.intBitsToFloat(bits + 0x7fff + (bits >>> 16 & 1) & 0xffff0000);
  }

  /** Returns the inputs, [count][columns]; rounded for weights in BF16, else as they are. */
  float[] floats() {
    return floats;
  }

  /** Returns the codes: integers, kept as floats, [count][columns]. */
  float[] codes() {
    return codes;
  }

  /** Returns the codes as {@link MappedRows} of the types that it knows reads them. */
  short[] shorts() {
    return shorts;
  }

  /** Returns the scales, [count][blocks]. */
  float[] scales() {
    return scales;
  }

  /** Returns the sums of codes of blocks of 32, [count][blocks]. */
  float[] codeSums() {
    return codeSums;
  }

  /** Returns what {@link ShortSixProducts} has to take off each sum of 16, of blocks of 256. */
  int[] excess() {
    return excess;
  }

  /** Returns sums: of blocks of 32 those of the numbers, else those of 16 codes each. */
  float[] sums() {
    return sums;
  }

  /** Rounds an input to codes. */
  private void quantize(int input, TensorType type) {
    int size = type.blockSize();
    int blocks = columns / size;
    for (int b = 0; b < blocks; b++) {
      int from = input * columns + b * size;
      if (size == 32) {
        small(from, input * blocks + b);
      } else {
        big(from, input * blocks + b);
      }
    }
  }

  private void small(int from, int block) {
    float scale = Math.abs(floats[farthest(from, 32)]) / 127;
    float inverse = scale == 0 ? 0 : 1 / scale;
    scales[block] = half(scale);
    float sum = round(from, 32, inverse);
    codeSums[block] = sum;
    sums[block] = half(scale * sum);
    arrange(from, block);
  }

  private void arrange(int from, int block) {
    CodeOrder order = codeOrder;
    if (order != null) {
      order.arrangement().arrange(codes, from, shorts, block * order.step());
    }
  }

  private void big(int from, int block) {
    float most = floats[farthest(from, 256)];
    float inverse = most == 0 ? 0 : -127 / most;
    scales[block] = most == 0 ? 0 : 1 / inverse;
    for (int i = 0; i < 16; i++) {
      int at = from + 16 * i;
      float sum = round(at, 16, inverse);
      sums[block * 16 + i] = sum;
      excess[block * 16 + i] = ShortSixProducts.EXCESS + 32 * (int) sum;
    }
    arrange(from, block);
  }

  /** Rounds to the nearest integer, to even among two; returns the codes' sum. */
  private float round(int from, int size, float inverse) {
    float sum = 0;
    for (int i = from; i < from + size; i++) {
      float code = floats[i] * inverse + ROUNDER - ROUNDER;
      codes[i] = code;
      sum += code;
    }
    return sum;
  }

  private int farthest(int from, int size) {
    int farthest = from;
    for (int i = from + 1; i < from + size; i++) {
      if (Math.abs(floats[i]) > Math.abs(floats[farthest])) {
        farthest = i;
      }
    }
    return farthest;
  }

  private static float half(float x) {
    return Float.float16ToFloat(Float.floatToFloat16(x));
  }
}
