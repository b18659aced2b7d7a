package dev.zhixing.training.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Rotation of interleaved pairs (x[2i], x[2i+1]) by an angle that grows with the position: the
 * order that GGUF files of architecture {@code llama} have.
 *
 * @see <a href="https://arxiv.org/abs/2104.09864">RoFormer, section 3.2.2</a>
 */
public final class RotaryKernel {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = S.length();
  private static final VectorShuffle<Float> SWAP = VectorShuffle.fromOp(S, i -> i ^ 1);

  private final int headWidth;
  private final float[] cosines;
  private final float[] sines;

  /**
   * Tables for positions 0 to {@code positions - 1}.
   *
   * @param headWidth values per head, even
   * @param theta base of the wavelengths, e.g. 10000
   */
  public RotaryKernel(int headWidth, int positions, double theta) {
    this.headWidth = headWidth;
    cosines = new float[positions * headWidth];
    sines = new float[positions * headWidth];
    for (int p = 0; p < positions; p++) {
      for (int i = 0; i < headWidth; i += 2) {
        double angle = p * Math.pow(theta, -(double) i / headWidth);
        int at = p * headWidth + i;
        cosines[at] = (float) Math.cos(angle);
        cosines[at + 1] = (float) Math.cos(angle);
        sines[at] = (float) -Math.sin(angle);
        sines[at + 1] = (float) Math.sin(angle);
      }
    }
  }

  /**
   * Rotates {@code heads} adjacent heads of one token in place.
   *
   * @param back rotates the other way, which is the gradient of the rotation
   */
  public void rotate(float[] x, int offset, int heads, int position, boolean back) {
    int table = position * headWidth;
    for (int h = 0; h < heads; h++) {
      int at = offset + h * headWidth;
      int i = 0;
      for (; i <= headWidth - LANES; i += LANES) {
        FloatVector v = FloatVector.fromArray(S, x, at + i);
        FloatVector turned = v.rearrange(SWAP).mul(FloatVector.fromArray(S, sines, table + i));
        FloatVector straight = v.mul(FloatVector.fromArray(S, cosines, table + i));
        (back ? straight.sub(turned) : straight.add(turned)).intoArray(x, at + i);
      }
      for (; i < headWidth; i += 2) {
        float c = cosines[table + i];
        float s = back ? -sines[table + i + 1] : sines[table + i + 1];
        float even = x[at + i];
        float odd = x[at + i + 1];
        x[at + i] = even * c - odd * s;
        x[at + i + 1] = odd * c + even * s;
      }
    }
  }
}
