package dev.zhixing.engine.safetensors;

import dev.zhixing.engine.gguf.GgufException;
import dev.zhixing.engine.tensor.Tensor;
import dev.zhixing.engine.tensor.TensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects tensors by GGUF's names, and makes those anew that the two formats store differently.
 */
final class HuggingFaceTensors {
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final HuggingFaceConfig config;
  private final Arena arena;
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  HuggingFaceTensors(HuggingFaceConfig config, Arena arena) {
    this.config = config;
    this.arena = arena;
  }

  Map<String, Tensor> tensors() {
    return Collections.unmodifiableMap(tensors);
  }

  /** Adds a tensor under GGUF's name. */
  void add(String file, String name, Tensor tensor) {
    Tensor made = renamed(name, tensor);
    if (config.isGemma() && name.endsWith("norm.weight")) {
      made = plusOne(made);
    } else if (config.isTransposed() && tensor.shape().size() == 2 && name.startsWith("blk.")) {
      made = transposed(made);
    }
    if (tensors.put(name, made) != null) {
      throw new GgufException(
          "%s: %s: expected one tensor for %s, found two".formatted(file, tensor.name(), name));
    }
  }

  /** Adds the factors that the configuration holds and GGUF has as tensors. */
  void addRopeFactors() {
    config
        .ropeFactors()
        .forEach(
            (name, factors) -> tensors.put(name, floats(name, factors, (long) factors.length)));
  }

  private static Tensor renamed(String name, Tensor tensor) {
    return new Tensor(name, tensor.type(), tensor.shape(), tensor.data());
  }

  private Tensor plusOne(Tensor tensor) {
    float[] numbers = tensor.toFloats();
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] += 1;
    }
    return floats(tensor.name(), numbers, (long) numbers.length);
  }

  private Tensor floats(String name, float[] numbers, Long size) {
    MemorySegment data = arena.allocate(4L * numbers.length, 64);
    MemorySegment.copy(numbers, 0, data, FLOAT, 0, numbers.length);
    return new Tensor(name, TensorType.F32, List.of(size), data);
  }

  private Tensor transposed(Tensor tensor) {
    int rows = tensor.rows();
    int columns = tensor.columns();
    int bytes = tensor.type().blockBytes();
    MemorySegment from = tensor.data();
    MemorySegment to = arena.allocate(from.byteSize(), 64);
    for (long r = 0; r < rows; r++) {
      for (long c = 0; c < columns; c++) {
        MemorySegment.copy(from, (r * columns + c) * bytes, to, (c * rows + r) * bytes, bytes);
      }
    }
    return new Tensor(tensor.name(), tensor.type(), List.of((long) columns, (long) rows), to);
  }
}
