package dev.zhixing.training.layer;

import dev.zhixing.training.kernel.Gemm;
import dev.zhixing.training.kernel.Panels;
import dev.zhixing.training.kernel.SoftmaxKernel;
import dev.zhixing.training.kernel.Vectors;
import java.util.Arrays;

/**
 * Grouped-query causal attention within each document of a row. Works on blocks of queries against
 * all earlier keys of the document; the backward pass recomputes the probabilities from the saved
 * logarithm of each softmax's denominator, so nothing of quadratic size is kept.
 *
 * @see <a href="https://arxiv.org/abs/2205.14135">FlashAttention, section 3 (the recomputation)</a>
 */
final class Attention {
  private static final int QUERIES = 48;

  private final ModelShape shape;
  private final int width;
  private final int dim;
  private final int stride; // of a token in qkv
  private final int group; // query heads per key head
  private final float scale;
  private final Gemm gemm;
  private final int scoreStride;
  private final float[] scores;
  private final float[] gradients;
  private final Panels keys = new Panels(); // [width, tokens]
  private final Panels values = new Panels(); // [tokens, width] forward, [width, tokens] backward
  private final Panels keyRows = new Panels(); // [tokens, width]
  private final Panels block = new Panels();

  Attention(ModelShape shape, int longest, Gemm gemm) {
    this.shape = shape;
    this.gemm = gemm;
    width = shape.headWidth();
    dim = shape.dim();
    stride = shape.qkvWidth();
    group = shape.heads() / shape.kvHeads();
    scale = (float) (1 / Math.sqrt(width));
    scoreStride = Panels.widened(longest);
    scores = new float[QUERIES * scoreStride];
    gradients = new float[QUERIES * scoreStride];
  }

  /**
   * Attends.
   *
   * @param qkv [tokens, qkvWidth], queries and keys already rotated
   * @param out [tokens, dim]
   * @param logSums [tokens, heads]
   */
  void forward(PackedRow row, float[] qkv, float[] out, float[] logSums) {
    for (int d = 0; d < row.documents(); d++) {
      int start = row.start(d);
      int length = row.start(d + 1) - start;
      for (int kv = 0; kv < shape.kvHeads(); kv++) {
        keys.packColumns(qkv, keyAt(start, kv), stride, width, length);
        keys.widen();
        values.packRows(qkv, valueAt(start, kv), stride, length, width);
        for (int head = kv * group; head < (kv + 1) * group; head++) {
          for (int q = 0; q < length; q += QUERIES) {
            int count = Math.min(QUERIES, length - q);
            forwardBlock(qkv, out, logSums, start, q, count, head);
          }
        }
      }
    }
  }

  private void forwardBlock(
      float[] qkv, float[] out, float[] logSums, int start, int q, int count, int head) {
    int seen = q + count;
    int padded = Panels.widened(seen);
    int token = start + q;
    gemm.multiply(
        qkv,
        token * stride + head * width,
        stride,
        keys,
        width,
        padded,
        scores,
        0,
        scoreStride,
        count,
        false);
    for (int i = 0; i < count; i++) {
      int at = i * scoreStride;
      int n = q + i + 1;
      float max = scale * SoftmaxKernel.max(scores, at, n);
      float sum = SoftmaxKernel.exponentials(scores, at, n, padded, scale, max);
      Vectors.scale(scores, at, padded, 1 / sum);
      logSums[(token + i) * shape.heads() + head] = (float) (max + Math.log(sum));
    }
    gemm.multiply(
        scores,
        0,
        scoreStride,
        values,
        seen,
        width,
        out,
        token * dim + head * width,
        dim,
        count,
        false);
  }

  /**
   * Gradients of queries, keys and values.
   *
   * @param dout gradient of out, [tokens, dim]
   * @param dqkv gradient of qkv, [tokens, qkvWidth], overwritten
   */
  void backward(
      PackedRow row, float[] qkv, float[] out, float[] logSums, float[] dout, float[] dqkv) {
    Arrays.fill(dqkv, 0, row.tokens() * stride, 0f);
    for (int d = 0; d < row.documents(); d++) {
      int start = row.start(d);
      int length = row.start(d + 1) - start;
      for (int kv = 0; kv < shape.kvHeads(); kv++) {
        keys.packColumns(qkv, keyAt(start, kv), stride, width, length);
        keys.widen();
        keyRows.packRows(qkv, keyAt(start, kv), stride, length, width);
        values.packColumns(qkv, valueAt(start, kv), stride, width, length);
        values.widen();
        for (int head = kv * group; head < (kv + 1) * group; head++) {
          for (int q = 0; q < length; q += QUERIES) {
            int count = Math.min(QUERIES, length - q);
            probabilities(qkv, logSums, start + q, q, count, head);
            backwardBlock(qkv, out, dout, dqkv, start, q, count, head);
          }
        }
      }
    }
  }

  private void probabilities(float[] qkv, float[] logSums, int token, int q, int count, int head) {
    int padded = Panels.widened(q + count);
    gemm.multiply(
        qkv,
        token * stride + head * width,
        stride,
        keys,
        width,
        padded,
        scores,
        0,
        scoreStride,
        count,
        false);
    for (int i = 0; i < count; i++) {
      float logSum = logSums[(token + i) * shape.heads() + head];
      SoftmaxKernel.exponentials(scores, i * scoreStride, q + i + 1, padded, scale, logSum);
    }
  }

  private void backwardBlock(
      float[] qkv, float[] out, float[] dout, float[] dqkv, int start, int q, int count, int head) {
    int seen = q + count;
    int padded = Panels.widened(seen);
    int token = start + q;
    int outAt = token * dim + head * width;
    int queryAt = token * stride + head * width;
    gemm.multiply(dout, outAt, dim, values, width, padded, gradients, 0, scoreStride, count, false);
    for (int i = 0; i < count; i++) {
      int at = outAt + i * dim;
      float mean = Vectors.dot(dout, at, out, at, width);
      int scoreAt = i * scoreStride;
      SoftmaxKernel.backward(scores, scoreAt, gradients, scoreAt, padded, mean, scale);
    }
    gemm.multiply(
        gradients, 0, scoreStride, keyRows, seen, width, dqkv, queryAt, stride, count, false);
    block.packRows(qkv, queryAt, stride, count, width);
    gemm.multiplyTransposed(
        gradients, 0, scoreStride, block, dqkv, keyAt(start, head / group), stride, seen, true);
    block.packRows(dout, outAt, dim, count, width);
    gemm.multiplyTransposed(
        scores, 0, scoreStride, block, dqkv, valueAt(start, head / group), stride, seen, true);
  }

  private int keyAt(int token, int kvHead) {
    return token * stride + dim + kvHead * width;
  }

  private int valueAt(int token, int kvHead) {
    return keyAt(token, kvHead) + shape.kvWidth();
  }
}
