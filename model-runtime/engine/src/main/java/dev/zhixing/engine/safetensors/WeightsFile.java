package dev.zhixing.engine.safetensors;

import dev.zhixing.engine.gguf.GgufException;
import dev.zhixing.engine.tensor.Tensor;
import dev.zhixing.engine.tensor.TensorType;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One safetensors file, mapped: eight bytes with the header's length, the header in JSON, the
 * numbers. Tensors are views of the mapping, by Hugging Face's names.
 *
 * @see <a href="https://huggingface.co/docs/safetensors">the format</a>
 */
final class WeightsFile {
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int MAX_HEADER = 100_000_000; // as the reference implementation
  private static final int MAX_DIMENSIONS = 8;
  private static final Comparator<Entry> BY_BEGIN = Comparator.comparingLong(Entry::begin);

  private final String name;
  private final MemorySegment bytes;
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final Map<String, String> unsupported = new LinkedHashMap<>();

  private record Entry(String name, long begin, long end) {}

  private WeightsFile(String name, MemorySegment bytes) {
    this.name = name;
    this.bytes = bytes;
    int length = headerLength();
    byte[] header = bytes.asSlice(Long.BYTES, length).toArray(ValueLayout.JAVA_BYTE);
    MemorySegment data = bytes.asSlice(Long.BYTES + length);
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, Object> each : Json.object(name, header).entrySet()) {
      if (!each.getKey().equals("__metadata__")) {
        entries.add(read(each.getKey(), each.getValue(), data));
      }
    }
    checkApart(entries);
  }

  static WeightsFile open(Path path, Arena arena) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      MemorySegment bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      return new WeightsFile(String.valueOf(path.getFileName()), bytes);
    } catch (IOException e) {
      throw new GgufException(
          "%s: expected a readable file, found %s; is the path right?".formatted(path, e), e);
    }
  }

  String name() {
    return name;
  }

  MemorySegment bytes() {
    return bytes;
  }

  Map<String, Tensor> tensors() {
    return tensors;
  }

  /** Names and types of the tensors that cannot be read. */
  Map<String, String> unsupported() {
    return unsupported;
  }

  private int headerLength() {
    if (bytes.byteSize() < Long.BYTES) {
      throw new GgufException(
          "%s: expected 8 bytes or more, found %d; is it a safetensors file?"
              .formatted(name, bytes.byteSize()));
    }
    long length = bytes.get(LONG, 0);
    long room = Math.min(MAX_HEADER, bytes.byteSize() - Long.BYTES);
    if (length < 2 || length > room) {
      throw new GgufException(
          "%s: header: expected 2 to %d bytes, found %s; is it a whole safetensors file?"
              .formatted(name, room, Long.toUnsignedString(length)));
    }
    return (int) length;
  }

  private Entry read(String tensor, Object described, MemorySegment data) {
    if (!(described instanceof Map<?, ?> fields)
        || !(fields.get("dtype") instanceof String type)
        || !(fields.get("shape") instanceof List<?> sizes)
        || !(fields.get("data_offsets") instanceof List<?> offsets)
        || offsets.size() != 2
        || !(offsets.get(0) instanceof Long begin)
        || !(offsets.get(1) instanceof Long end)) {
      throw new GgufException(
          "%s: %s: expected dtype, shape and two data_offsets, found %s"
              .formatted(name, tensor, shortened(described)));
    }
    if (begin < 0 || end < begin || end > data.byteSize()) {
      throw new GgufException(
          "%s: %s: expected offsets within the %d bytes of data, found %d to %d; the file is"
                  .formatted(name, tensor, data.byteSize(), begin, end)
              + " damaged or cut short, get it again");
    }
    List<Long> shape = shape(tensor, sizes);
    Optional<TensorType> known = type(type);
    if (known.isPresent()) {
      long expected = size(tensor, known.get(), shape);
      if (expected != end - begin) {
        throw new GgufException(
            "%s: %s: expected %d bytes for shape %s of type %s, found %d"
                .formatted(name, tensor, expected, shape, type, end - begin));
      }
      tensors.put(tensor, new Tensor(tensor, known.get(), shape, data.asSlice(begin, end - begin)));
    } else {
      unsupported.put(tensor, type);
    }
    return new Entry(tensor, begin, end);
  }

  private static String shortened(Object described) {
    String text = described.toString();
    return text.length() > 100 ? text.substring(0, 100) + "…" : text;
  }

  private List<Long> shape(String tensor, List<?> sizes) {
    List<Long> shape = new ArrayList<>();
    for (Object size : sizes) {
      if (!(size instanceof Long number) || number < 0 || sizes.size() > MAX_DIMENSIONS) {
        throw new GgufException(
            "%s: %s: expected up to %d sizes of 0 or more, found %s"
                .formatted(name, tensor, MAX_DIMENSIONS, shortened(sizes)));
      }
      shape.add(number);
    }
    return shape.isEmpty() ? List.of(1L) : shape;
  }

  private long size(String tensor, TensorType type, List<Long> shape) {
    try {
      long bytes = type.blockBytes();
      for (long size : shape) {
        bytes = Math.multiplyExact(bytes, size);
      }
      return bytes;
    } catch (ArithmeticException e) {
      throw new GgufException(
          "%s: %s: expected sizes that fit a file, found shape %s".formatted(name, tensor, shape),
          e);
    }
  }

  private static Optional<TensorType> type(String name) {
    return switch (name) {
      case "F32" -> TensorType.of(0);
      case "F16" -> TensorType.of(1);
      case "BF16" -> TensorType.of(30);
      default -> Optional.empty();
    };
  }

  private void checkApart(List<Entry> entries) {
    entries.sort(BY_BEGIN);
    long end = 0;
    for (Entry e : entries) {
      if (e.begin < end && e.end > e.begin) {
        throw new GgufException(
            "%s: %s: expected it at byte %d of the data or behind, found it at %d; tensors overlap"
                .formatted(name, e.name, end, e.begin));
      }
      end = Math.max(end, e.end);
    }
  }
}
