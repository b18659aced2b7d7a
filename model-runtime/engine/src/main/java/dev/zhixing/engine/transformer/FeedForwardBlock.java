package dev.zhixing.engine.transformer;

import dev.zhixing.engine.kernel.Kernels;
import java.util.Arrays;

/** Computes feed-forward blocks, from the normalised rows to what they add. */
final class FeedForwardBlock {
  private final Compute compute;
  private final MixtureBlock mixture;
  private final int inner;

  FeedForwardBlock(Compute compute, ModelConfig config) {
    this.compute = compute;
    this.mixture = new MixtureBlock(compute, config);
    this.inner = config.feedForwardWidth();
  }

  /** Writes the results of {@code work.normed} to {@code work.change}. */
  void apply(FeedForward weights, Workspace work) {
    switch (weights) {
      case FeedForward.Gated gated -> gated(gated, work);
      case FeedForward.Plain plain -> plain(plain, work);
      case FeedForward.Experts experts -> mixture.apply(experts, work);
    }
  }

  private void gated(FeedForward.Gated w, Workspace work) {
    int count = work.batch.rows();
    Kernels kernels = compute.kernels();
    compute.multiply(work.normed, count, work, w.gate().into(work.gate), w.up().into(work.up));
    compute.eachRow(
        count,
        work,
        row -> {
          w.gate().addBias(work.gate, row * inner);
          w.up().addBias(work.up, row * inner);
          w.activation().gate(kernels, work.gate, work.up, row * inner, inner);
        });
    compute.multiply(w.down(), work.gate, count, work.change, work);
    addBias(w.down(), count, work);
  }

  private void plain(FeedForward.Plain w, Workspace work) {
    int count = work.batch.rows();
    Kernels kernels = compute.kernels();
    compute.multiply(w.up(), work.normed, count, work.gate, work);
    compute.eachRow(
        count,
        work,
        row -> {
          w.up().addBias(work.gate, row * inner);
          Arrays.fill(work.up, row * inner, (row + 1) * inner, 1);
          w.activation().gate(kernels, work.gate, work.up, row * inner, inner);
        });
    compute.multiply(w.down(), work.gate, count, work.change, work);
    addBias(w.down(), count, work);
  }

  private void addBias(Projection projection, int count, Workspace work) {
    if (projection.hasBias()) {
      int width = projection.weight().rows();
      compute.eachRow(count, work, row -> projection.addBias(work.change, row * width));
    }
  }
}
