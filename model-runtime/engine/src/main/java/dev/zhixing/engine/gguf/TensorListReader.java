package dev.zhixing.engine.gguf;

import dev.zhixing.engine.tensor.Tensor;
import dev.zhixing.engine.tensor.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the list of tensors of a GGUF file and checks each against the file's size. */
final class TensorListReader {
  private static final int MAX_DIMENSIONS = 4;
  private static final Comparator<Entry> BY_OFFSET = Comparator.comparingLong(Entry::offset);

  private final String file;
  private final ByteReader in;
  private final long alignment;
  private final Map<String, String> unsupported = new LinkedHashMap<>();

  TensorListReader(String file, ByteReader in, long alignment) {
    this.file = file;
    this.in = in;
    this.alignment = alignment;
  }

  /** A tensor of the list; without a type where that is not supported, its size unknown. */
  private record Entry(
      String name, @Nullable TensorType type, List<Long> shape, long offset, long bytes) {}

  Map<String, Tensor> read(int count, MemorySegment bytes) {
    List<Entry> entries = new ArrayList<>(Math.min(count, 4096));
    for (int i = 0; i < count; i++) {
      entries.add(readEntry(i));
    }
    long start = (in.position() + alignment - 1) / alignment * alignment;
    Map<String, Tensor> tensors = LinkedHashMap.newLinkedHashMap(entries.size());
    for (Entry e : entries) {
      checkRoom(e, bytes.byteSize() - start);
      @Nullable TensorType type = e.type;
      boolean twice =
          type == null
              ? tensors.containsKey(e.name)
              : unsupported.containsKey(e.name)
                  || tensors.put(
                          e.name,
                          new Tensor(
                              e.name, type, e.shape, bytes.asSlice(start + e.offset, e.bytes)))
                      != null;
      if (twice) {
        throw new GgufException(file + ": " + e.name + ": expected one tensor, found two");
      }
    }
    checkApart(entries);
    return Collections.unmodifiableMap(tensors);
  }

  /** Names and types of the tensors that {@link #read} has left out. */
  Map<String, String> unsupported() {
    return Collections.unmodifiableMap(unsupported);
  }

  private void checkRoom(Entry e, long room) {
    if (e.offset > room || e.bytes > room - e.offset) {
      throw new GgufException(
          "%s: %s: expected %d bytes at offset %d of the data, found %d bytes of data; the file"
                  .formatted(file, e.name, e.bytes, e.offset, Math.max(0, room))
              + " is damaged or cut short, get it again");
    }
  }

  private void checkApart(List<Entry> entries) {
    entries.sort(BY_OFFSET);
    for (int i = 1; i < entries.size(); i++) {
      Entry before = entries.get(i - 1);
      Entry e = entries.get(i);
      if (e.offset < before.offset + before.bytes) {
        throw new GgufException(
            "%s: %s: expected it behind %s, which ends at offset %d, found it at %d; the file is"
                    .formatted(file, e.name, before.name, before.offset + before.bytes, e.offset)
                + " damaged");
      }
    }
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
    long offset = in.int64();
    if (offset < 0 || offset % alignment != 0) {
      throw new GgufException(
          "%s: %s: expected an offset that is a multiple of %d, found %s; the file is damaged"
              .formatted(file, name, alignment, Long.toUnsignedString(offset)));
    }
    if (type.isEmpty()) {
      if (unsupported.put(name, TypeNames.of(typeId)) != null) {
        throw new GgufException(file + ": " + name + ": expected one tensor, found two");
      }
      return new Entry(name, null, shape, offset, 0);
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
