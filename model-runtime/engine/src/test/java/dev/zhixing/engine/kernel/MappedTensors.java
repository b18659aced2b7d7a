package dev.zhixing.engine.kernel;

import dev.zhixing.engine.tensor.Tensor;
import dev.zhixing.engine.tensor.TensorType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Weight matrices of random blocks in a mapped file, as models have them. */
final class MappedTensors {
  private static final long SIZE = 64 << 20;

  private final SplittableRandom random = new SplittableRandom(7);
  private final MemorySegment file;
  private long used;

  MappedTensors() {
    try {
      Path path = Files.createTempFile("tensors", ".bin");
      try (FileChannel channel =
          FileChannel.open(
              path,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE)) {
        file = channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE, Arena.ofAuto());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a new matrix. */
  Tensor matrix(TensorType type, int rows, int columns) {
    return matrix(type, rows, columns, RandomBlocks.of(type, rows * columns, random));
  }

  /** Returns a new matrix of these bytes. */
  Tensor matrix(TensorType type, int rows, int columns, byte[] bytes) {
    MemorySegment data = file.asSlice(used, bytes.length);
    used += bytes.length;
    MemorySegment.copy(bytes, 0, data, ValueLayout.JAVA_BYTE, 0, bytes.length);
    return new Tensor("w", type, List.of((long) rows, (long) columns), data);
  }

  /** Returns a new matrix of each type. */
  Map<TensorType, Tensor> ofEachType() {
    Map<TensorType, Tensor> matrices = new EnumMap<>(TensorType.class);
    for (TensorType type : TensorType.values()) {
      matrices.put(type, matrix(type, 40, 256));
    }
    return matrices;
  }
}
