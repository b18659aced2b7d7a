package dev.zhixing.samples.cli;

import dev.zhixing.engine.tensor.Tensor;
import dev.zhixing.engine.tensor.TensorType;

/** Which type each tensor of a quantized model gets. */
final class MatrixTypes {
  private MatrixTypes() {}

  /**
   * Chooses a tensor's type.
   *
   * @param wanted the type of most matrices
   * @param tied whether the embedding is the output matrix, too
   */
  static TensorType choose(Tensor tensor, TensorType wanted, boolean tied) {
    String name = tensor.name();
    boolean kept =
        tensor.shape().size() < 2
            || !name.endsWith(".weight")
            || name.contains("ffn_gate_inp")
            || name.contains("norm")
            || name.startsWith("position_embd")
            || name.startsWith("token_types");
    return kept ? tensor.type() : choose(name, tensor.columns(), wanted, tied);
  }

  /** Chooses the type of a matrix with rows of so many numbers. */
  static TensorType choose(String name, int columns, TensorType wanted, boolean tied) {
    boolean output = name.equals(tied ? "token_embd.weight" : "output.weight");
    boolean fewBits = wanted == TensorType.Q4_0 || wanted == TensorType.Q4_K;
    return fitting(output && fewBits ? TensorType.Q6_K : wanted, columns);
  }

  private static TensorType fitting(TensorType type, int columns) {
    if (columns % type.blockSize() == 0) {
      return type;
    }
    return switch (type) {
      case Q4_K -> fitting(TensorType.Q5_0, columns);
      case Q6_K -> fitting(TensorType.Q8_0, columns);
      case Q4_0, Q5_0, Q8_0, Q4_1, Q5_1, Q2_K, Q3_K, Q5_K, IQ4_NL, IQ4_XS, MXFP4 -> TensorType.F16;
      case F32, F16, BF16 -> type;
    };
  }
}
