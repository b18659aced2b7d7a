package dev.zhixing.engine.gguf;

import dev.zhixing.engine.tensor.TensorType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Collects metadata and tensors and writes them as a GGUF file, version 3, tensors aligned to 32
 * bytes. Setting a key or a tensor again replaces it.
 *
 * <p>Not safe for several threads. Arrays are kept, not copied, until {@link #write(Path)}.
 */
public final class GgufWriter {
  private static final int ALIGNMENT = 32;

  /** Numbers that are made at a time: whole blocks of every type. */
  private static final int PIECE = 1 << 16;

  /** Pieces that are made at once. */
  private static final int PIECES = 8;

  private final Map<String, ByteBuffer> metadata = new LinkedHashMap<>();
  private final Map<String, Pending> tensors = new LinkedHashMap<>();

  /** Gives the blocks of a tensor, when they are written. */
  @FunctionalInterface
  public interface BlockSource {
    /**
     * Writes the blocks of some numbers; called by several threads.
     *
     * @param from the first number, counted through all rows; the beginning of a block
     * @param count how many numbers, whole blocks
     * @param to little-endian; to be filled from its position on
     */
    void write(long from, int count, ByteBuffer to);
  }

  /** A tensor that waits to be written; the shape is outermost first. */
  private static final class Pending {
    private final TensorType type;
    private final List<Long> shape;
    private final BlockSource source;

    Pending(TensorType type, List<Long> shape, BlockSource source) {
      this.type = type;
      this.shape = shape;
      this.source = source;
    }

    long count() {
      return shape.stream().reduce(1L, Math::multiplyExact);
    }

    long bytes() {
      return type.rowBytes(count());
    }
  }

  /** Sets a string. */
  public GgufWriter string(String key, String value) {
    byte[] text = text(value);
    return put(key, buffer(4 + text.length).putInt(8).put(text));
  }

  /** Sets an unsigned 32-bit integer, from 0 to 2^32 - 1. */
  public GgufWriter uint32(String key, long value) {
    if (value < 0 || value > 0xffff_ffffL) {
      throw new IllegalArgumentException(
          "key '%s': expected 0 to 4294967295, found %d".formatted(key, value));
    }
    return put(key, buffer(8).putInt(4).putInt((int) value));
  }

  /** Sets a signed 64-bit integer. */
  public GgufWriter int64(String key, long value) {
    return put(key, buffer(12).putInt(11).putLong(value));
  }

  /** Sets a single-precision number. */
  public GgufWriter float32(String key, float value) {
    return put(key, buffer(8).putInt(6).putFloat(value));
  }

  /** Sets a truth value. */
  public GgufWriter flag(String key, boolean value) {
    return put(key, buffer(5).putInt(7).put((byte) (value ? 1 : 0)));
  }

  /** Sets an array of strings. */
  public GgufWriter strings(String key, List<String> values) {
    List<byte[]> texts = values.stream().map(GgufWriter::text).toList();
    int bytes = texts.stream().mapToInt(t -> t.length).reduce(0, Math::addExact);
    ByteBuffer out = buffer(Math.addExact(16, bytes)).putInt(9).putInt(8).putLong(texts.size());
    texts.forEach(out::put);
    return put(key, out);
  }

  /** Sets an array of signed 32-bit integers. */
  public GgufWriter int32s(String key, int... values) {
    ByteBuffer out = buffer(16 + 4 * values.length).putInt(9).putInt(5).putLong(values.length);
    for (int value : values) {
      out.putInt(value);
    }
    return put(key, out);
  }

  /** Sets an array of single-precision numbers. */
  public GgufWriter float32s(String key, float... values) {
    ByteBuffer out = buffer(16 + 4 * values.length).putInt(9).putInt(6).putLong(values.length);
    for (float value : values) {
      out.putFloat(value);
    }
    return put(key, out);
  }

  /**
   * Adds a tensor.
   *
   * @param name the tensor's name
   * @param type how to store it, one that {@link TensorType#canEncode}
   * @param values row after row, finite
   * @param shape the sizes, outermost first, each at least 1, at most four
   * @throws IllegalArgumentException if type, numbers and shape do not fit
   */
  public GgufWriter tensor(String name, TensorType type, float[] values, long... shape) {
    long count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    if (count != values.length) {
      throw new IllegalArgumentException(
          "%s: expected as many numbers as the shape says, found %d for %s"
              .formatted(name, values.length, Arrays.toString(shape)));
    }
    return tensor(name, type, (from, size, to) -> type.encode(values, (int) from, size, to), shape);
  }

  /**
   * Adds a tensor whose blocks are made when they are written, so that a file may be larger than
   * memory.
   *
   * @param shape the sizes, outermost first, each at least 1, at most four
   */
  public GgufWriter tensor(String name, TensorType type, BlockSource blocks, long... shape) {
    if (shape.length < 1 || shape.length > 4 || Arrays.stream(shape).anyMatch(size -> size < 1)) {
      throw new IllegalArgumentException(
          "%s: expected one to four sizes of 1 or more, found %s"
              .formatted(name, Arrays.toString(shape)));
    }
    type.rowBytes(shape[shape.length - 1]); // refuses rows that are not whole blocks
    tensors.put(name, new Pending(type, Arrays.stream(shape).boxed().toList(), blocks));
    return this;
  }

  /**
   * Sets all keys of another file to its values, of the very types that they have there, but those
   * of {@code except}.
   */
  public GgufWriter metadataOf(GgufFile file, Set<String> except) {
    file.encodedMetadata()
        .forEach(
            (key, value) -> {
              if (!except.contains(key)) {
                metadata.put(key, value);
              }
            });
    return this;
  }

  /**
   * Writes the file. It appears whole or not at all: it is written beside the target, as {@code
   * NAME.part}, and moved.
   *
   * @throws UncheckedIOException if the file cannot be written
   */
  public void write(Path path) {
    Path temporary = path.resolveSibling(path.getFileName() + ".part");
    try {
      try (FileChannel out =
          FileChannel.open(
              temporary,
              StandardOpenOption.WRITE,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        writeFully(out, header());
        for (Pending tensor : tensors.values()) {
          writeTensor(out, tensor);
        }
      }
      Files.move(temporary, path, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(path + ": cannot be written: " + e.getMessage(), e);
    }
  }

  private ByteBuffer header() {
    List<ByteBuffer> parts = new ArrayList<>();
    parts.add(
        buffer(24)
            .put("GGUF".getBytes(StandardCharsets.US_ASCII))
            .putInt(3)
            .putLong(tensors.size())
            .putLong(metadata.size()));
    metadata.forEach(
        (key, value) -> {
          byte[] name = text(key);
          parts.add(buffer(name.length + value.capacity()).put(name).put(value.duplicate()));
        });
    long offset = 0;
    for (Map.Entry<String, Pending> entry : tensors.entrySet()) {
      Pending tensor = entry.getValue();
      byte[] name = text(entry.getKey());
      ByteBuffer part = buffer(name.length + 4 + 8 * tensor.shape.size() + 12);
      part.put(name).putInt(tensor.shape.size());
      tensor.shape.reversed().forEach(part::putLong);
      parts.add(part.putInt(tensor.type.id()).putLong(offset));
      offset += aligned(tensor.bytes());
    }
    int size = parts.stream().mapToInt(ByteBuffer::capacity).reduce(0, Math::addExact);
    ByteBuffer header = buffer(Math.toIntExact(aligned(size)));
    parts.forEach(part -> header.put(part.flip()));
    return header.clear();
  }

  /** Writes a tensor in pieces, some of which are made at once. */
  private static void writeTensor(FileChannel out, Pending tensor) throws IOException {
    long count = tensor.count();
    List<ByteBuffer> pieces = new ArrayList<>();
    for (int i = 0; i < PIECES; i++) {
      pieces.add(buffer(4 * PIECE));
    }
    for (long from = 0; from < count; from += (long) PIECES * PIECE) {
      long start = from;
      IntStream.range(0, PIECES)
          .parallel()
          .forEach(
              i -> {
                long at = start + (long) i * PIECE;
                ByteBuffer bytes = pieces.get(i).clear();
                if (at < count) {
                  tensor.source.write(at, (int) Math.min(PIECE, count - at), bytes);
                }
                bytes.flip();
              });
      for (ByteBuffer bytes : pieces) {
        writeFully(out, bytes);
      }
    }
    writeFully(out, buffer((int) (aligned(tensor.bytes()) - tensor.bytes())));
  }

  private static void writeFully(FileChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  private GgufWriter put(String key, ByteBuffer value) {
    metadata.put(key, value.flip());
    return this;
  }

  private static byte[] text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[8 + utf8.length];
    ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).putLong(utf8.length).put(utf8);
    return all;
  }

  private static long aligned(long bytes) {
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
