package dev.zhixing.engine.encoder;

import dev.zhixing.engine.kernel.Dense;
import dev.zhixing.engine.kernel.DenseKernels;
import dev.zhixing.engine.kernel.Scratch;
import java.util.List;

/**
 * The rows of some sentences on their way through the layers: all tokens of the first sentence,
 * then those of the second, and so on. Used by one thread at a time; its memory grows with the
 * largest pass so far.
 */
final class Pass {
  private final EncoderConfig config;
  private int room;
  private int rows;
  private int sentences;

  final int stride; // of rows of the model's width
  final int innerStride;
  final int queryStride;
  final Scratch scratch = new Scratch();
  int[] starts = {}; // [sentences + 1] first rows
  int[] ids = {}; // [rows]
  float[] x = {}; // [rows][stride]
  float[] queryKeyValue = {}; // [rows][query stride]
  float[] attended = {}; // [rows][stride]
  float[] change = {}; // [rows][stride]
  float[] inner = {}; // [rows][inner stride]

  Pass(EncoderConfig config) {
    this.config = config;
    this.stride = whole(config.width());
    this.innerStride = whole(config.feedForwardWidth());
    this.queryStride = whole(3 * config.width());
  }

  private static int whole(int numbers) {
    return (numbers + DenseKernels.WIDTH - 1) / DenseKernels.WIDTH * DenseKernels.WIDTH;
  }

  /** Takes the sentences {@code from} to {@code to} - 1, each of one token at least. */
  void begin(List<int[]> all, int from, int to) {
    sentences = to - from;
    rows = 0;
    for (int i = from; i < to; i++) {
      rows += all.get(i).length;
    }
    if (starts.length < sentences + 1) {
      starts = new int[sentences + 1];
    }
    grow();
    int at = 0;
    for (int i = from; i < to; i++) {
      int[] sentence = all.get(i);
      starts[i - from] = at;
      System.arraycopy(sentence, 0, ids, at, sentence.length);
      at += sentence.length;
    }
    starts[sentences] = at;
  }

  private void grow() {
    if (rows <= room) {
      return;
    }
    room = rows;
    int all = Dense.room(room) + DenseKernels.INPUTS; // a sentence's last tile may begin anywhere
    ids = new int[room];
    x = new float[Math.multiplyExact(all, stride)];
    queryKeyValue = new float[Math.multiplyExact(all, queryStride)];
    attended = new float[x.length];
    change = new float[x.length];
    inner = new float[Math.multiplyExact(all, innerStride)];
  }

  int rows() {
    return rows;
  }

  int sentences() {
    return sentences;
  }

  /** Returns a sentence's number of tokens. */
  int length(int sentence) {
    return starts[sentence + 1] - starts[sentence];
  }

  /** Writes a sentence's vector, [width]. */
  void pool(int sentence, float[] to) {
    int width = config.width();
    int start = starts[sentence];
    System.arraycopy(x, start * stride, to, 0, width);
    if (config.pooling() == Pooling.MEAN) {
      int length = length(sentence);
      for (int row = start + 1; row < start + length; row++) {
        add(x, row * stride, to);
      }
      for (int i = 0; i < width; i++) {
        to[i] /= length;
      }
    }
  }

  private static void add(float[] x, int from, float[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += x[from + i];
    }
  }
}
