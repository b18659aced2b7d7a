package dev.zhixing.engine.onnx;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an ONNX model holds of weights: its single-precision initializers, and its nodes, which say
 * what an initializer without a telling name is for. Initializers of other types are left out, as
 * is everything else. The tensors are views of the bytes that were given.
 *
 * <p>Immutable, safe for all threads. A damaged file is an {@link OnnxException}.
 *
 * @see <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">the format</a>
 */
public final class OnnxFile {
  // Field numbers of onnx.proto.
  private static final int MODEL_GRAPH = 7;
  private static final int GRAPH_NODE = 1;
  private static final int GRAPH_INITIALIZER = 5;
  private static final int NODE_INPUT = 1;
  private static final int NODE_NAME = 3;
  private static final int NODE_OPERATION = 4;

  private final String name;
  private final List<OnnxNode> nodes = new ArrayList<>();
  private final Map<String, OnnxTensor> tensors = new LinkedHashMap<>();

  private OnnxFile(String name) {
    this.name = name;
  }

  /**
   * Reads a model.
   *
   * @param name begins error texts
   * @param bytes the whole file, from position to limit; must not change afterwards
   */
  public static OnnxFile read(String name, ByteBuffer bytes) {
    OnnxFile file = new OnnxFile(name);
    ProtobufReader model = new ProtobufReader(name, bytes);
    boolean found = false;
    while (model.next()) {
      if (model.field() == MODEL_GRAPH && model.isBytes()) {
        file.readGraph(new ProtobufReader(name + ": graph", model.bytes()));
        found = true;
      } else {
        model.skip();
      }
    }
    if (!found) {
      throw new OnnxException(name + ": expected an ONNX model, found no graph in it");
    }
    return file;
  }

  private void readGraph(ProtobufReader graph) {
    while (graph.next()) {
      switch (graph.field()) {
        case GRAPH_NODE -> nodes.add(node(new ProtobufReader(name + ": node", graph.bytes())));
        case GRAPH_INITIALIZER -> addTensor(graph.bytes());
        default -> graph.skip();
      }
    }
  }

  private static OnnxNode node(ProtobufReader in) {
    String name = "";
    String operation = "";
    List<String> inputs = new ArrayList<>();
    while (in.next()) {
      switch (in.field()) {
        case NODE_INPUT -> inputs.add(in.text());
        case NODE_NAME -> name = in.text();
        case NODE_OPERATION -> operation = in.text();
        default -> in.skip();
      }
    }
    return new OnnxNode(name, operation, inputs);
  }

  private void addTensor(ByteBuffer message) {
    @Nullable OnnxTensor tensor = new TensorReader(name, message).read();
    if (tensor != null && tensors.put(tensor.name(), tensor) != null) {
      throw new OnnxException(
          "%s: %s: expected one initializer of this name, found two"
              .formatted(name, tensor.name()));
    }
  }

  /** Returns the file's name. */
  public String name() {
    return name;
  }

  /** Returns the graph's operations in the file's order. */
  public List<OnnxNode> nodes() {
    return Collections.unmodifiableList(nodes);
  }

  /** Returns the single-precision initializers by name, in the file's order. */
  public Map<String, OnnxTensor> tensors() {
    return Collections.unmodifiableMap(tensors);
  }

  /**
   * Returns an initializer that must be there with this shape.
   *
   * @throws OnnxException if it is missing or has another shape
   */
  public OnnxTensor tensor(String tensor, Long... shape) {
    @Nullable OnnxTensor found = tensors.get(tensor);
    if (found == null || !found.shape().equals(List.of(shape))) {
      throw new OnnxException(
          "%s: %s: expected a single-precision tensor of shape %s, found %s"
              .formatted(name, tensor, List.of(shape), found == null ? "none" : found.shape()));
    }
    return found;
  }
}
