package dev.zhixing.engine.onnx;

import java.util.List;

/**
 * One operation of a graph.
 *
 * @param name its name, often a path such as {@code /encoder/layer.0/output/dense/MatMul}
 * @param operation what it does, such as {@code MatMul}
 * @param inputs names of the values that it takes, initializers among them
 */
public record OnnxNode(String name, String operation, List<String> inputs) {
  /** Copies the list. */
  public OnnxNode {
    inputs = List.copyOf(inputs);
  }
}
