package dev.zhixing.training.layer;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The parameters of a model, flat, in the order of {@link Layout}.
 *
 * @param layout where each parameter lies
 * @param values the parameters; the trainer writes them between steps
 */
@SuppressWarnings("ArrayRecordComponent") // the array is the state itself, shared on purpose
public record Weights(Layout layout, float[] values) {

  /** Checks the length. */
  public Weights {
    if (values.length != layout.size()) {
      throw new IllegalArgumentException(
          "weights: expected " + layout.size() + " values, found " + values.length);
    }
  }

  /** All zero, to be filled. */
  public static Weights empty(ModelShape shape) {
    Layout layout = new Layout(shape);
    return new Weights(layout, new float[layout.size()]);
  }

  /**
   * Random initial weights: norms one, matrices normal with deviation 0.02, those that write into
   * the residual stream 0.02 / sqrt(2 * layers).
   */
  public static Weights random(ModelShape shape, long seed) {
    Layout layout = new Layout(shape);
    float[] values = new float[layout.size()];
    SplittableRandom random = new SplittableRandom(seed);
    double residual = 0.02 / Math.sqrt(2.0 * shape.layers());
    for (Layout.Range range : layout.ranges()) {
      if (range.isMatrix()) {
        double deviation = writesResidual(layout, range.offset()) ? residual : 0.02;
        for (int i = 0; i < range.size(); i++) {
          values[range.offset() + i] = (float) (random.nextGaussian() * deviation);
        }
      } else {
        Arrays.fill(values, range.offset(), range.offset() + range.size(), 1f);
      }
    }
    return new Weights(layout, values);
  }

  private static boolean writesResidual(Layout layout, int offset) {
    for (int l = 0; l < layout.shape().layers(); l++) {
      if (offset == layout.attentionOutput(l) || offset == layout.down(l)) {
        return true;
      }
    }
    return false;
  }
}
