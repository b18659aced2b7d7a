package dev.zhixing.engine.tensor;

import java.nio.ByteBuffer;

/**
 * Writes blocks of 256 numbers. Each part's scale is searched: for some scales around the obvious
 * one, numbers are rounded to codes, then the scale (and minimum) that fit these codes best follow
 * by weighted least squares; large numbers weigh more. The scales themselves are then rounded, and
 * the codes taken anew.
 */
final class SuperQuantizer {
  private static final int SIZE = 256;
  private static final int STEPS = 20;

  private SuperQuantizer() {}

  static void encode(TensorType type, float[] x, int at, ByteBuffer to) {
    switch (type) {
      case Q4_K -> q4(x, at, to);
      case Q6_K -> q6(x, at, to);
      case F32, F16, BF16, Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, IQ4_NL, MXFP4, Q2_K, Q3_K, Q5_K, IQ4_XS ->
          throw new IllegalArgumentException("expected Q4_K or Q6_K, found " + type);
    }
  }

  private static void q4(float[] x, int at, ByteBuffer to) {
    float[] scales = new float[8];
    float[] minimums = new float[8];
    for (int part = 0; part < 8; part++) {
      float[] fit = fitAbove(x, at + 32 * part, 32, 15);
      scales[part] = fit[0];
      minimums[part] = fit[1];
    }
    short scale = Float.floatToFloat16(greatest(scales) / 63);
    short minimum = Float.floatToFloat16(greatest(minimums) / 63);
    int[] scaleCodes = codes(scales, Float.float16ToFloat(scale));
    int[] minimumCodes = codes(minimums, Float.float16ToFloat(minimum));
    to.putShort(scale).putShort(minimum);
    putScales(scaleCodes, minimumCodes, to);
    int[] codes = new int[SIZE];
    for (int i = 0; i < SIZE; i++) {
      float d = Float.float16ToFloat(scale) * scaleCodes[i / 32];
      float m = Float.float16ToFloat(minimum) * minimumCodes[i / 32];
      codes[i] = d == 0 ? 0 : Math.clamp(Math.round((x[at + i] + m) / d), 0, 15);
    }
    for (int pair = 0; pair < 4; pair++) {
      for (int i = 64 * pair; i < 64 * pair + 32; i++) {
        to.put((byte) (codes[i] | codes[i + 32] << 4));
      }
    }
  }

  private static int[] codes(float[] numbers, float scale) {
    int[] codes = new int[numbers.length];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = scale == 0 ? 0 : Math.clamp(Math.round(numbers[i] / scale), 0, 63);
    }
    return codes;
  }

  private static void putScales(int[] scales, int[] minimums, ByteBuffer to) {
    for (int i = 0; i < 4; i++) {
      to.put((byte) (scales[i] | (scales[i + 4] >> 4) << 6));
    }
    for (int i = 0; i < 4; i++) {
      to.put((byte) (minimums[i] | (minimums[i + 4] >> 4) << 6));
    }
    for (int i = 4; i < 8; i++) {
      to.put((byte) ((scales[i] & 15) | (minimums[i] & 15) << 4));
    }
  }

  private static void q6(float[] x, int at, ByteBuffer to) {
    float[] scales = new float[16];
    int farthest = 0;
    for (int part = 0; part < 16; part++) {
      scales[part] = fitAround(x, at + 16 * part, 16, 32);
      farthest = Math.abs(scales[part]) > Math.abs(scales[farthest]) ? part : farthest;
    }
    short scale = Float.floatToFloat16(scales[farthest] / -128);
    float whole = Float.float16ToFloat(scale);
    byte[] scaleCodes = new byte[16];
    int[] codes = new int[SIZE];
    for (int part = 0; part < 16; part++) {
      scaleCodes[part] =
          (byte) (whole == 0 ? 0 : Math.clamp(Math.round(scales[part] / whole), -128, 127));
      float d = whole * scaleCodes[part];
      for (int i = 16 * part; i < 16 * part + 16; i++) {
        codes[i] = d == 0 ? 32 : Math.clamp(Math.round(x[at + i] / d), -32, 31) + 32;
      }
    }
    putSixes(codes, to);
    to.put(scaleCodes).putShort(scale);
  }

  private static void putSixes(int[] codes, ByteBuffer to) {
    for (int half = 0; half < SIZE; half += 128) {
      for (int i = half; i < half + 64; i++) {
        to.put((byte) ((codes[i] & 15) | (codes[i + 64] & 15) << 4));
      }
    }
    for (int half = 0; half < SIZE; half += 128) {
      for (int i = half; i < half + 32; i++) {
        int high = codes[i] >> 4 | codes[i + 32] >> 4 << 2;
        to.put((byte) (high | codes[i + 64] >> 4 << 4 | codes[i + 96] >> 4 << 6));
      }
    }
  }

  /** Finds scale and minimum, both 0 or more, for {@code x ≈ scale · code - minimum}. */
  private static float[] fitAbove(float[] x, int at, int count, int most) {
    float lowest = 0;
    float highest = x[at];
    for (int i = 0; i < count; i++) {
      lowest = Math.min(lowest, x[at + i]);
      highest = Math.max(highest, x[at + i]);
    }
    if (highest <= lowest) {
      return new float[] {0, -lowest};
    }
    float base = meanSize(x, at, count);
    float[] best = {(highest - lowest) / most, -lowest};
    double least = errorAbove(x, at, count, most, base, best[0], best[1]);
    for (int step = 0; step <= STEPS; step++) {
      float inverse = (most - 1 + 0.1f * step) / (highest - lowest);
      float[] fit = leastSquares(x, at, count, most, base, lowest, inverse);
      double error = errorAbove(x, at, count, most, base, fit[0], fit[1]);
      if (fit[0] > 0 && error < least) {
        least = error;
        best = fit;
      }
    }
    return best;
  }

  /** Scale and minimum that fit the codes best which numbers get at this inverse scale. */
  private static float[] leastSquares(
      float[] x, int at, int count, int most, float base, float lowest, float inverse) {
    double w = 0;
    double c = 0;
    double cc = 0;
    double v = 0;
    double cv = 0;
    for (int i = at; i < at + count; i++) {
      int code = Math.clamp(Math.round((x[i] - lowest) * inverse), 0, most);
      double weight = base + Math.abs(x[i]);
      w += weight;
      c += weight * code;
      cc += weight * code * code;
      v += weight * x[i];
      cv += weight * code * x[i];
    }
    double determinant = w * cc - c * c;
    if (determinant <= 0) {
      return new float[] {0, 0};
    }
    double minimum = (c * cv - cc * v) / determinant;
    return minimum < 0
        ? new float[] {(float) (cv / cc), 0}
        : new float[] {(float) ((w * cv - c * v) / determinant), (float) minimum};
  }

  private static double errorAbove(
      float[] x, int at, int count, int most, float base, float scale, float minimum) {
    double error = 0;
    for (int i = at; i < at + count; i++) {
      int code = scale == 0 ? 0 : Math.clamp(Math.round((x[i] + minimum) / scale), 0, most);
      float off = scale * code - minimum - x[i];
      error += (base + Math.abs(x[i])) * off * off;
    }
    return error;
  }

  /** Finds the scale for {@code x ≈ scale · code}, codes from -half to half - 1. */
  private static float fitAround(float[] x, int at, int count, int half) {
    float farthest = 0;
    for (int i = at; i < at + count; i++) {
      farthest = Math.abs(x[i]) > Math.abs(farthest) ? x[i] : farthest;
    }
    if (farthest == 0) {
      return 0;
    }
    float best = 0;
    double most = 0;
    for (int step = -9; step <= 9; step++) {
      float inverse = -(half + 0.1f * step) / farthest;
      double cv = 0;
      double cc = 0;
      for (int i = at; i < at + count; i++) {
        int code = Math.clamp(Math.round(x[i] * inverse), -half, half - 1);
        double weight = (double) x[i] * x[i];
        cv += weight * code * x[i];
        cc += weight * code * code;
      }
      if (cc > 0 && cv * cv > most * cc) { // the error falls by cv² / cc
        most = cv * cv / cc;
        best = (float) (cv / cc);
      }
    }
    return best;
  }

  private static float meanSize(float[] x, int at, int count) {
    float squares = 0;
    for (int i = at; i < at + count; i++) {
      squares += x[i] * x[i];
    }
    return (float) Math.sqrt(squares / count);
  }

  private static float greatest(float[] numbers) {
    float greatest = 0;
    for (float number : numbers) {
      greatest = Math.max(greatest, number);
    }
    return greatest;
  }
}
