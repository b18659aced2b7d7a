package dev.zhixing.training.layer;

import dev.zhixing.training.kernel.GateKernel;
import dev.zhixing.training.kernel.Gemm;
import dev.zhixing.training.kernel.NormKernel;
import dev.zhixing.training.kernel.Panels;
import dev.zhixing.training.kernel.RotaryKernel;

/**
 * One block: x + attention(norm(x)), then x + feedForward(norm(x)). Scratch is shared by all layers
 * of a pass; what differs per layer is in {@link LayerState}. One thread.
 */
final class Block {
  private final ModelShape shape;
  private final Layout layout;
  private final PackedWeights packed;
  private final float[] weights;
  private final Gemm gemm;
  private final Attention attention;
  private final RotaryKernel rotary;
  private final Panels activations = new Panels();
  private final float[] normed; // [tokens, dim]
  private final float[] dnormed; // [tokens, dim]
  private final float[] hidden; // [tokens, ffn]
  private final float[] dhidden; // [tokens, ffn]
  private final float[] dgateUp; // [tokens, 2 * ffn]
  private final float[] dqkv; // [tokens, qkvWidth]

  Block(Weights weights, PackedWeights packed, int tokens, Gemm gemm) {
    layout = weights.layout();
    shape = layout.shape();
    this.weights = weights.values();
    this.packed = packed;
    this.gemm = gemm;
    int longest = Math.min(tokens, shape.contextLength());
    attention = new Attention(shape, longest, gemm);
    rotary = new RotaryKernel(shape.headWidth(), longest, shape.ropeTheta());
    normed = new float[tokens * shape.dim()];
    dnormed = new float[tokens * shape.dim()];
    hidden = new float[tokens * shape.ffn()];
    dhidden = new float[tokens * shape.ffn()];
    dgateUp = new float[tokens * 2 * shape.ffn()];
    dqkv = new float[tokens * shape.qkvWidth()];
  }

  /** From {@code state.input} to {@code output} [tokens, dim]. */
  void forward(int layer, PackedRow row, LayerState state, float[] output) {
    int n = row.tokens();
    int dim = shape.dim();
    norm(state.input, state.attentionInverse, layout.attentionNorm(layer), n);
    gemm.multiply(
        normed, 0, dim, packed.qkv(layer, false), state.qkv, 0, shape.qkvWidth(), n, false);
    rotate(row, state.qkv, false);
    attention.forward(row, state.qkv, state.attended, state.logSums);
    System.arraycopy(state.input, 0, state.middle, 0, n * dim);
    gemm.multiply(
        state.attended,
        0,
        dim,
        packed.attentionOutput(layer, false),
        state.middle,
        0,
        dim,
        n,
        true);

    norm(state.middle, state.ffnInverse, layout.ffnNorm(layer), n);
    int ffn = shape.ffn();
    gemm.multiply(normed, 0, dim, packed.gateUp(layer, false), state.gateUp, 0, 2 * ffn, n, false);
    GateKernel.forward(state.gateUp, 0, hidden, n, ffn);
    System.arraycopy(state.middle, 0, output, 0, n * dim);
    gemm.multiply(hidden, 0, ffn, packed.down(layer, false), output, 0, dim, n, true);
  }

  /**
   * Gradients of one block.
   *
   * @param dx gradient of the output on entry, of the input on return, [tokens, dim]
   * @param gradients gradients of all parameters, added to
   */
  void backward(int layer, PackedRow row, LayerState state, float[] dx, float[] gradients) {
    int n = row.tokens();
    backwardFeedForward(layer, n, state, dx, gradients);
    backwardAttention(layer, n, row, state, dx, gradients);
  }

  private void backwardFeedForward(
      int layer, int n, LayerState state, float[] dx, float[] gradients) {
    int dim = shape.dim();
    int ffn = shape.ffn();
    gemm.multiply(dx, 0, dim, packed.down(layer, true), dhidden, 0, ffn, n, false);
    GateKernel.backward(state.gateUp, 0, dhidden, dgateUp, hidden, n, ffn);
    weightGradient(dx, dim, hidden, ffn, n, gradients, layout.down(layer));
    NormKernel.forward(
        state.middle, 0, state.ffnInverse, 0, weights, layout.ffnNorm(layer), normed, n, dim);
    weightGradient(dgateUp, 2 * ffn, normed, dim, n, gradients, layout.gateUp(layer));
    gemm.multiply(dgateUp, 0, 2 * ffn, packed.gateUp(layer, true), dnormed, 0, dim, n, false);
    backwardNorm(state.middle, state.ffnInverse, layout.ffnNorm(layer), dx, gradients, n);
  }

  private void backwardAttention(
      int layer, int n, PackedRow row, LayerState state, float[] dx, float[] gradients) {
    int dim = shape.dim();
    int qkv = shape.qkvWidth();
    weightGradient(dx, dim, state.attended, dim, n, gradients, layout.attentionOutput(layer));
    gemm.multiply(dx, 0, dim, packed.attentionOutput(layer, true), dnormed, 0, dim, n, false);
    attention.backward(row, state.qkv, state.attended, state.logSums, dnormed, dqkv);
    rotate(row, dqkv, true);
    NormKernel.forward(
        state.input,
        0,
        state.attentionInverse,
        0,
        weights,
        layout.attentionNorm(layer),
        normed,
        n,
        dim);
    weightGradient(dqkv, qkv, normed, dim, n, gradients, layout.qkv(layer));
    gemm.multiply(dqkv, 0, qkv, packed.qkv(layer, true), dnormed, 0, dim, n, false);
    backwardNorm(
        state.input, state.attentionInverse, layout.attentionNorm(layer), dx, gradients, n);
  }

  private void norm(float[] x, float[] inverse, int weight, int n) {
    NormKernel.inverse(x, 0, inverse, 0, n, shape.dim(), ModelShape.EPSILON);
    NormKernel.forward(x, 0, inverse, 0, weights, weight, normed, n, shape.dim());
  }

  private void backwardNorm(
      float[] x, float[] inverse, int weight, float[] dx, float[] gradients, int n) {
    NormKernel.backward(x, 0, inverse, 0, weights, weight, dnormed, dx, gradients, n, shape.dim());
  }

  /** dW [outputs, inputs] += dyᵀ · x. */
  private void weightGradient(
      float[] dy, int outputs, float[] x, int inputs, int n, float[] gradients, int offset) {
    activations.packRows(x, 0, inputs, n, inputs);
    gemm.multiplyTransposed(dy, 0, outputs, activations, gradients, offset, inputs, outputs, true);
  }

  private void rotate(PackedRow row, float[] qkv, boolean back) {
    int rotated = shape.heads() + shape.kvHeads(); // queries and keys are adjacent
    for (int d = 0; d < row.documents(); d++) {
      int start = row.start(d);
      for (int token = start; token < row.start(d + 1); token++) {
        rotary.rotate(qkv, token * shape.qkvWidth(), rotated, token - start, back);
      }
    }
  }
}
