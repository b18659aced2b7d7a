package dev.zhixing.engine.family;

import dev.zhixing.engine.tensor.Tensor;
import dev.zhixing.engine.transformer.Projection;
import java.util.Arrays;
import java.util.List;

/** Parts of tensors, as views. */
final class Views {
  private Views() {}

  /** Some rows of a matrix, and as many numbers of its bias, which may be empty. */
  static Projection rows(Tensor weight, float[] bias, int from, int count) {
    long bytes = weight.rowBytes();
    Tensor part =
        new Tensor(
            weight.name(),
            weight.type(),
            List.of((long) count, (long) weight.columns()),
            weight.data().asSlice(from * bytes, count * bytes));
    return new Projection(
        part, bias.length == 0 ? bias : Arrays.copyOfRange(bias, from, from + count));
  }
}
