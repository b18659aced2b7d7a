package dev.zhixing.engine.encoder;

import dev.zhixing.engine.kernel.Dense;
import dev.zhixing.engine.kernel.Dense.Activation;
import dev.zhixing.engine.kernel.DenseKernels;
import dev.zhixing.engine.kernel.KernelChoice;
import dev.zhixing.engine.kernel.Linear;
import dev.zhixing.engine.kernel.Scratch;
import dev.zhixing.engine.kernel.Team;
import java.util.function.IntConsumer;

/**
 * Runs a pass through embeddings and layers, post-norm as in BERT. Safe for all threads, each with
 * a pass of its own. A row's bits depend on its own sentence only.
 *
 * @see <a href="https://arxiv.org/abs/1810.04805">Devlin et al., BERT</a>
 */
final class EncoderLayers {
  /** Rows of a task in the steps between the matrices. */
  private static final int TASK_ROWS = 16;

  private final EncoderConfig config;
  private final EncoderWeights weights;
  private final Team team;
  private final DenseKernels kernels;
  private final Dense dense;
  private final Linear linear; // for the one product of the head, which needs no warm-up
  private final SelfAttention attention;
  private final float[] type; // of the first token type, [width]

  EncoderLayers(EncoderConfig config, EncoderWeights weights, DenseKernels kernels, Team team) {
    this.config = config;
    this.weights = weights;
    this.team = team;
    this.kernels = kernels;
    this.dense = new Dense(kernels, team);
    this.linear = new Linear(KernelChoice.scalar());
    this.attention = new SelfAttention(config, kernels, team);
    this.type = new float[config.width()];
    if (weights.types() != null) {
      weights.types().copyRow(0, type, 0);
    }
  }

  /** Leaves the last layer's vectors in {@link Pass#x}. */
  void run(Pass pass, Scratch own) {
    int rows = pass.rows();
    team.run(
        pass.sentences(),
        own,
        (sentence, scratch) -> embed(pass, sentence, scratch.floats(config.width())));
    for (EncoderWeights.Layer layer : weights.layers()) {
      dense.apply(
          layer.queryKeyValue(),
          pass.x,
          pass.stride,
          rows,
          pass.queryKeyValue,
          Activation.NONE,
          own);
      attention.apply(pass, own);
      dense.apply(
          layer.attentionOutput(),
          pass.attended,
          pass.stride,
          rows,
          pass.change,
          Activation.NONE,
          own);
      addAndNormalise(layer.attentionNorm(), pass, own);
      dense.apply(layer.up(), pass.x, pass.stride, rows, pass.inner, Activation.GELU, own);
      dense.apply(
          layer.down(), pass.inner, pass.innerStride, rows, pass.change, Activation.NONE, own);
      addAndNormalise(layer.outputNorm(), pass, own);
    }
  }

  private void embed(Pass pass, int sentence, float[] position) {
    int width = config.width();
    int start = pass.starts[sentence];
    for (int i = 0; i < pass.length(sentence); i++) {
      int at = (start + i) * pass.stride;
      weights.tokens().copyRow(pass.ids[start + i], pass.x, at);
      weights.positions().copyRow(i, position, 0);
      for (int j = 0; j < width; j++) {
        pass.x[at + j] += type[j] + position[j];
      }
      weights.norm().apply(pass.x, at, kernels);
    }
  }

  private void addAndNormalise(LayerNorm norm, Pass pass, Scratch own) {
    eachRow(
        pass.rows(), own, row -> norm.addAndApply(pass.x, pass.change, row * pass.stride, kernels));
  }

  private void eachRow(int count, Scratch own, IntConsumer step) {
    team.run(
        (count + TASK_ROWS - 1) / TASK_ROWS,
        own,
        (task, scratch) -> {
          int end = Math.min(count, (task + 1) * TASK_ROWS);
          for (int row = task * TASK_ROWS; row < end; row++) {
            step.accept(row);
          }
        });
  }

  /** Computes what the head expects at a row, [vocabulary]. */
  float[] logits(EncoderWeights.MaskedHead head, Pass pass, int row, Scratch own) {
    float[] input = new float[Dense.room(1) * pass.stride];
    float[] hidden = new float[Dense.room(1) * head.dense().stride()];
    System.arraycopy(pass.x, row * pass.stride, input, 0, config.width());
    dense.apply(head.dense(), input, pass.stride, 1, hidden, Activation.GELU, own);
    head.norm().apply(hidden, 0, kernels);
    float[] logits = new float[config.vocabulary()];
    linear.apply(weights.tokens(), hidden, 1, logits, team, own);
    if (head.bias() != null) {
      float[] bias = head.bias().toFloats();
      for (int i = 0; i < logits.length; i++) {
        logits[i] += bias[i];
      }
    }
    return logits;
  }
}
