package dev.zhixing.engine.gguf;

import dev.zhixing.engine.tensor.Tensor;
import dev.zhixing.engine.tensor.TensorType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A model's weights and settings, mapped into memory, in GGUF's names whatever the format: the keys
 * of {@link #metadata()} and the names of {@link #tensors()} are those that a GGUF file has.
 *
 * <p>Immutable and safe for all threads. {@link #close()} ends the mapping; using a tensor
 * afterwards throws {@link IllegalStateException}. What lies on disk must not be changed or cut
 * while it is open. Errors in it are a {@link GgufException}.
 */
public interface ModelFile extends AutoCloseable {
  /** Returns the path of the file, of the first of its parts, or of the folder. */
  Path path();

  /** Returns the short name that begins error texts. */
  String name();

  /** Returns the size in bytes, of all parts together. */
  long size();

  /**
   * Returns a number that tells this content from another's: a checksum of blocks spread over it,
   * and its size. No proof against somebody who wants to deceive.
   */
  long fingerprint();

  /** Returns the keys and values. */
  GgufMetadata metadata();

  /** Returns the tensors by name, in the file's order, without the {@link #unsupported()} ones. */
  Map<String, Tensor> tensors();

  /** Returns the names of tensors whose type the engine cannot read, each with its type's name. */
  default Map<String, String> unsupported() {
    return Map.of();
  }

  /**
   * Returns a tensor if it is there.
   *
   * @throws GgufException if its type is not supported
   */
  default Optional<Tensor> find(String tensor) {
    @Nullable String type = unsupported().get(tensor);
    if (type != null) {
      throw new GgufException(
          "%s: %s: expected one of the types %s, found %s; it is not supported, convert the model"
              .formatted(name(), tensor, Arrays.toString(TensorType.values()), type));
    }
    return Optional.ofNullable(tensors().get(tensor));
  }

  /**
   * Returns a tensor that must be there with this shape, outermost size first.
   *
   * @throws GgufException if it is missing, has another shape, or a type that is not supported
   */
  default Tensor tensor(String tensor, long... shape) {
    @Nullable Tensor found = find(tensor).orElse(null);
    List<Long> expected = new ArrayList<>(shape.length);
    for (long size : shape) {
      expected.add(size);
    }
    String architecture = metadata().string("general.architecture", "unknown");
    if (found == null) {
      throw new GgufException(
          "%s: %s: expected a tensor of shape %s, found none; is the architecture '%s'?"
              .formatted(name(), tensor, expected, architecture));
    }
    if (!found.shape().equals(expected)) {
      throw new GgufException(
          "%s: %s: expected %s, found %s; is the architecture '%s'?"
              .formatted(name(), tensor, expected, found.shape(), architecture));
    }
    return found;
  }

  /** Returns a weight matrix of each type that there is, the largest one. */
  default Map<TensorType, Tensor> matrices() {
    Map<TensorType, Tensor> matrices = new EnumMap<>(TensorType.class);
    for (Tensor tensor : tensors().values()) {
      if (tensor.shape().size() > 1) {
        matrices.merge(
            tensor.type(), tensor, (a, b) -> a.data().byteSize() < b.data().byteSize() ? b : a);
      }
    }
    return matrices;
  }

  /** Ends the mapping. */
  @Override
  void close();
}
