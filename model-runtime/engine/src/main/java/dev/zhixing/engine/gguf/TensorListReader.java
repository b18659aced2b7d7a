package dev.zhixing.engine.gguf;

import dev.zhixing.engine.tensor.Tensor;
import dev.zhixing.engine.tensor.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the list of tensors of a GGUF file and checks each against the file's size. */
final class TensorListReader {
  private static final int MAX_DIMENSIONS = 4;

  private final String file;
  private final ByteReader in;
  private final long alignment;

  TensorListReader(String file, ByteReader in, long alignment) {
    this.file = file;
    this.in = in;
    this.alignment = alignment;
  }

  private record Entry(String name, TensorType type, List<Long> shape, long offset, long bytes) {}

  Map<String, Tensor> read(int count, MemorySegment bytes) {
    List<Entry> entries = new ArrayList<>(Math.min(count, 4096));
    for (int i = 0; i < count; i++) {
      entries.add(readEntry(i));
    }
    long start = (in.position() + alignment - 1) / alignment * alignment;
    Map<String, Tensor> tensors = LinkedHashMap.newLinkedHashMap(entries.size());
    for (Entry e : entries) {
      long room = bytes.byteSize() - start;
      if (e.offset > room || e.bytes > room - e.offset) {
        throw new GgufException(
            "%s: %s: expected %d bytes at offset %d of the data, found %d bytes of data; the file"
                    .formatted(file, e.name, e.bytes, e.offset, Math.max(0, room))
                + " is damaged or cut short, get it again");
      }
      MemorySegment data = bytes.asSlice(start + e.offset, e.bytes);
      if (tensors.put(e.name, new Tensor(e.name, e.type, e.shape, data)) != null) {
        throw new GgufException(file + ": " + e.name + ": expected one tensor, found two");
      }
    }
    return Collections.unmodifiableMap(tensors);
  }

  private Entry readEntry(int index) {
    in.at("tensor ", Integer.toString(index));
    String name = in.string();
    in.at("tensor ", name);
    int dimensions = in.int32();
    if (dimensions < 1 || dimensions > MAX_DIMENSIONS) {
      throw new GgufException(
          "%s: %s: expected 1 to %d dimensions, found %s; the file is damaged"
              .formatted(file, name, MAX_DIMENSIONS, Integer.toUnsignedString(dimensions)));
    }
    List<Long> shape = new ArrayList<>(dimensions);
    for (int d = 0; d < dimensions; d++) {
      shape.addFirst(in.int64()); // the file lists the innermost size first
    }
    int typeId = in.int32();
    Optional<TensorType> type = TensorType.of(typeId);
    if (type.isEmpty()) {
      throw new GgufException(
          "%s: %s: expected the type F32, F16 or Q8_0, found %s; it is not supported, convert the"
                  .formatted(file, name, TypeNames.of(typeId))
              + " model to Q8_0");
    }
    long offset = in.int64();
    if (offset < 0 || offset % alignment != 0) {
      throw new GgufException(
          "%s: %s: expected an offset that is a multiple of %d, found %s; the file is damaged"
              .formatted(file, name, alignment, Long.toUnsignedString(offset)));
    }
    return new Entry(name, type.get(), shape, offset, bytes(name, type.get(), shape));
  }

  private long bytes(String name, TensorType type, List<Long> shape) {
    try {
      long bytes = 1;
      for (long size : shape.subList(0, shape.size() - 1)) {
        bytes = Math.multiplyExact(bytes, positive(size));
      }
      long columns = positive(shape.getLast());
      if (columns % type.blockSize() != 0) {
        throw new GgufException(
            "%s: %s: expected rows of a multiple of %d numbers for type %s, found %d"
                .formatted(file, name, type.blockSize(), type, columns));
      }
      return Math.multiplyExact(bytes, type.rowBytes(columns));
    } catch (ArithmeticException e) {
      throw new GgufException(
          "%s: %s: expected sizes of 1 or more that fit a file, found shape %s; the file is damaged"
              .formatted(file, name, shape),
          e);
    }
  }

  private static long positive(long size) {
    if (size < 1) {
      throw new ArithmeticException("size " + size);
    }
    return size;
  }
}
