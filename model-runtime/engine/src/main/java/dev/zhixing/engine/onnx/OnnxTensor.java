package dev.zhixing.engine.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A single-precision tensor that a graph is initialised with: a view of the file's bytes.
 *
 * @param name its name in the graph
 * @param shape the sizes, outermost first
 * @param data the numbers, little-endian; exactly as many as the shape says
 */
public record OnnxTensor(String name, List<Long> shape, ByteBuffer data) {
  /** Checks that the bytes fit the shape. */
  public OnnxTensor {
    shape = List.copyOf(shape);
    long count = 1;
    for (long size : shape) {
      if (size < 0) {
        throw new OnnxException("%s: expected sizes of 0 or more, found %s".formatted(name, shape));
      }
      count = size == 0 ? 0 : count > Integer.MAX_VALUE / size ? Integer.MAX_VALUE : count * size;
    }
    if (data.remaining() != 4 * count) {
      throw new OnnxException(
          "%s: expected four bytes for each number of %s, found %d in all"
              .formatted(name, shape, data.remaining()));
    }
  }

  /** Returns the numbers, in a new array. */
  public float[] toFloats() {
    float[] numbers = new float[data.remaining() / 4];
    data.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(numbers);
    return numbers;
  }

  /** Returns the numbers of a matrix [rows, columns] as [columns, rows], in a new array. */
  public float[] transposed() {
    if (shape.size() != 2) {
      throw new OnnxException("%s: expected a matrix, found %s".formatted(name, shape));
    }
    int rows = shape.getFirst().intValue();
    int columns = shape.getLast().intValue();
    float[] numbers = toFloats();
    float[] turned = new float[numbers.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        turned[column * rows + row] = numbers[row * columns + column];
      }
    }
    return turned;
  }
}
