package dev.zhixing.engine.transformer;

import dev.zhixing.engine.kernel.Kernels;
import java.util.Arrays;

/**
 * Computes mixtures of experts: each token's experts by the router, then one expert after another
 * for all tokens that chose it. A token's results are added in the experts' order, so its bits do
 * not depend on the tokens beside it.
 */
final class MixtureBlock {
  private final Compute compute;
  private final int width;
  private final int inner;

  MixtureBlock(Compute compute, ModelConfig config) {
    this.compute = compute;
    this.width = config.width();
    this.inner = config.feedForwardWidth();
  }

  /** Writes the results of {@code work.normed} to {@code work.change}. */
  void apply(FeedForward.Experts w, Workspace work) {
    int count = work.batch.rows();
    int experts = w.experts().size();
    Routing routing = work.routing(experts, w.used());
    compute
        .linear()
        .apply(w.router(), work.normed, count, routing.logits, compute.team(), work.scratch);
    compute.eachRow(count, work, row -> routing.choose(row, w.scale()));
    Arrays.fill(work.change, 0, count * width, 0);
    for (int expert = 0; expert < experts; expert++) {
      int chosen = routing.collect(expert, count);
      if (chosen > 0) {
        add(w.experts().get(expert), chosen, routing, work);
      }
    }
  }

  private void add(FeedForward.Gated w, int count, Routing routing, Workspace work) {
    Kernels kernels = compute.kernels();
    compute.eachRow(count, work, i -> routing.copyInput(work.normed, i, width));
    compute.multiply(routing.inputs, count, work, w.gate().into(work.gate), w.up().into(work.up));
    compute.eachRow(
        count, work, i -> w.activation().gate(kernels, work.gate, work.up, i * inner, inner));
    compute.multiply(w.down(), work.gate, count, routing.outputs, work);
    compute.eachRow(count, work, i -> routing.addOutput(work.change, i, width));
  }
}
