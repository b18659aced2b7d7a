package dev.zhixing.training.optimizer;

import dev.zhixing.training.kernel.AdamKernel;
import dev.zhixing.training.layer.Layout;
import java.util.List;

/**
 * Adam with decoupled weight decay on matrices (norms are left out) and clipping by the global
 * norm. The moments are laid out like the weights. Ranges may be updated by several threads.
 *
 * @see <a href="https://arxiv.org/abs/1711.05101">Decoupled weight decay regularization</a>
 */
public final class AdamW {

  /**
   * Constants of the update.
   *
   * @param beta1 memory of the mean gradient
   * @param beta2 memory of the mean square
   * @param epsilon added to the root of the mean square
   * @param weightDecay fraction of a matrix's weight lost per step and unit of learning rate
   * @param clip greatest norm of the whole gradient
   * @param muon whether {@link Muon} updates the matrices of the blocks instead
   */
  public record Settings(
      double beta1, double beta2, double epsilon, double weightDecay, double clip, boolean muon) {
    /** Checks the ranges. */
    public Settings {
      if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1)) {
        throw new IllegalArgumentException(
            "betas: expected 0 up to 1, found " + beta1 + " and " + beta2);
      }
      if (!(epsilon > 0 && weightDecay >= 0 && clip > 0)) {
        throw new IllegalArgumentException(
            "expected epsilon > 0, weightDecay >= 0 and clip > 0, found %s, %s and %s"
                .formatted(epsilon, weightDecay, clip));
      }
    }

    /** 0.9, 0.95, 1e-8, 0.1, 1: usual for small language models. */
    public static Settings usual() {
      return new Settings(0.9, 0.95, 1e-8, 0.1, 1, false);
    }

    /** The same, with Muon for the matrices of the blocks. */
    public Settings withMuon() {
      return new Settings(beta1, beta2, epsilon, weightDecay, clip, true);
    }
  }

  private final Settings settings;
  private final List<Layout.Range> ranges;
  private final float[] means;
  private final float[] squares;

  /** Moments of zero for all parameters of a layout. */
  public AdamW(Layout layout, Settings settings) {
    this.settings = settings;
    ranges =
        layout.ranges().stream()
            .filter(
                range ->
                    !settings.muon() || !range.isMatrix() || range.offset() == layout.embedding())
            .toList();
    means = new float[layout.size()];
    squares = new float[layout.size()];
  }

  /** Factor that brings a gradient of this norm down to the clip. */
  public double clipFactor(double norm) {
    return norm > settings.clip() ? settings.clip() / norm : 1;
  }

  /**
   * Updates the parameters from {@code from} to {@code to}.
   *
   * @param step steps taken before this one
   * @param rate the learning rate
   * @param gradientScale factor on the gradients, see {@link #clipFactor}
   */
  public void update(
      float[] weights,
      float[] gradients,
      int from,
      int to,
      int step,
      double rate,
      double gradientScale) {
    double correction = Math.sqrt(1 - Math.pow(settings.beta2(), step + 1.0));
    double corrected = rate * correction / (1 - Math.pow(settings.beta1(), step + 1.0));
    for (Layout.Range range : ranges) {
      int start = Math.max(from, range.offset());
      int end = Math.min(to, range.offset() + range.size());
      if (start < end) {
        double decay = range.isMatrix() ? rate * settings.weightDecay() : 0;
        AdamKernel.step(
            weights,
            gradients,
            means,
            squares,
            start,
            end,
            (float) gradientScale,
            (float) settings.beta1(),
            (float) settings.beta2(),
            (float) corrected,
            (float) (settings.epsilon() * correction),
            (float) decay);
      }
    }
  }

  /** The settings it was made with. */
  public Settings settings() {
    return settings;
  }

  /** The first moments, live: for checkpoints. */
  public float[] means() {
    return means;
  }

  /** The second moments, live: for checkpoints. */
  public float[] squares() {
    return squares;
  }
}
