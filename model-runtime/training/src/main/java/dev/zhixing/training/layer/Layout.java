package dev.zhixing.training.layer;

import java.util.ArrayList;
import java.util.List;

/**
 * Where each parameter lies in the one flat array that weights, gradients and optimizer moments
 * share. Matrices are row-major [outputs, inputs]; projections with the same input are stacked:
 * query, key and value rows are one matrix, gate and up rows another.
 */
public final class Layout {
  private final ModelShape shape;
  private final int blocks;
  private final int blockSize;

  /** The layout of a model of this shape. */
  public Layout(ModelShape shape) {
    this.shape = shape;
    blocks = shape.vocab() * shape.dim();
    long perBlock = shape.blockWeights() / shape.layers() + 2L * shape.dim();
    long total = blocks + perBlock * shape.layers() + shape.dim();
    if (total > Integer.MAX_VALUE - 64) {
      throw new IllegalArgumentException(
          "model: expected at most 2^31 parameters, found " + total + "; choose a smaller shape");
    }
    blockSize = (int) perBlock;
  }

  /** One stored parameter: {@code rows} is 1 for a norm's weights. */
  public record Range(int offset, int rows, int columns) {
    /** Number of values. */
    public int size() {
      return rows * columns;
    }

    /** Norms are vectors; weight decay leaves them out. */
    public boolean isMatrix() {
      return rows > 1;
    }
  }

  /** The shape that this lays out. */
  public ModelShape shape() {
    return shape;
  }

  /** Number of parameters. */
  public int size() {
    return finalNorm() + shape.dim();
  }

  /** Token embedding and output head, [vocab, dim]. */
  public int embedding() {
    return 0;
  }

  /** Weights of the norm before attention, [dim]. */
  public int attentionNorm(int layer) {
    return blocks + layer * blockSize;
  }

  /** Query, key and value rows, [dim + 2 * kvWidth, dim]. */
  public int qkv(int layer) {
    return attentionNorm(layer) + shape.dim();
  }

  /** Output projection of attention, [dim, dim]. */
  public int attentionOutput(int layer) {
    return qkv(layer) + shape.qkvWidth() * shape.dim();
  }

  /** Weights of the norm before the feed-forward layer, [dim]. */
  public int ffnNorm(int layer) {
    return attentionOutput(layer) + shape.dim() * shape.dim();
  }

  /** Gate rows, then up rows, [2 * ffn, dim]. */
  public int gateUp(int layer) {
    return ffnNorm(layer) + shape.dim();
  }

  /** Down projection, [dim, ffn]. */
  public int down(int layer) {
    return gateUp(layer) + 2 * shape.ffn() * shape.dim();
  }

  /** Weights of the norm before the output head, [dim]. */
  public int finalNorm() {
    return blocks + shape.layers() * blockSize;
  }

  /** Every stored parameter, in the order of the array, without gaps. */
  public List<Range> ranges() {
    int dim = shape.dim();
    List<Range> ranges = new ArrayList<>();
    ranges.add(new Range(embedding(), shape.vocab(), dim));
    for (int l = 0; l < shape.layers(); l++) {
      ranges.add(new Range(attentionNorm(l), 1, dim));
      ranges.add(new Range(qkv(l), shape.qkvWidth(), dim));
      ranges.add(new Range(attentionOutput(l), dim, dim));
      ranges.add(new Range(ffnNorm(l), 1, dim));
      ranges.add(new Range(gateUp(l), 2 * shape.ffn(), dim));
      ranges.add(new Range(down(l), dim, shape.ffn()));
    }
    ranges.add(new Range(finalNorm(), 1, dim));
    return List.copyOf(ranges);
  }
}
