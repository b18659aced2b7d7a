package dev.zhixing.engine.gguf;

import dev.zhixing.engine.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One file of a model: the whole of it, or one part of a split one. */
final class GgufPart {
  /** More keys or tensors than any model has; a hostile file's lists shall not fill the heap. */
  private static final int MAX_KEYS = 1 << 14;

  private static final int MAX_TENSORS = 1 << 16;

  private static final int MAGIC = 0x46554747; // "GGUF"

  private final String name;
  private final MemorySegment bytes;
  private final long size;
  private final int version;
  private final GgufMetadata metadata;
  private final Map<String, Tensor> tensors;
  private final Map<String, String> unsupported;

  private GgufPart(String name, MemorySegment bytes) {
    this.name = name;
    this.bytes = bytes;
    this.size = bytes.byteSize();
    ByteReader in = new ByteReader(name, bytes);
    this.version = readVersion(name, in);
    long tensorCount = in.int64();
    long keyCount = in.int64();
    int keys = in.count(keyCount, 13, "metadata keys");
    this.metadata = new MetadataReader(name, in).read(bounded(keys, MAX_KEYS, "metadata keys"));
    in.at("tensor list", "");
    int count = bounded(in.count(tensorCount, 24, "tensors"), MAX_TENSORS, "tensors");
    TensorListReader reader = new TensorListReader(name, in, alignment());
    this.tensors = reader.read(count, bytes);
    this.unsupported = reader.unsupported();
  }

  /** Maps a file and reads its metadata and tensor list. */
  static GgufPart open(Path path, Arena arena) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      MemorySegment bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      return new GgufPart(name(path), bytes);
    } catch (IOException e) {
      throw new GgufException(
          "%s: expected a readable file, found %s; is the path right?".formatted(path, e), e);
    }
  }

  static String name(Path path) {
    @Nullable Path name = path.getFileName();
    return name == null ? path.toString() : name.toString();
  }

  String name() {
    return name;
  }

  MemorySegment bytes() {
    return bytes;
  }

  long size() {
    return size;
  }

  int version() {
    return version;
  }

  GgufMetadata metadata() {
    return metadata;
  }

  /** Returns each key's value as it lies in the file, its type before it; reads them anew. */
  Map<String, ByteBuffer> encodedMetadata() {
    ByteReader in = new ByteReader(name, bytes);
    readVersion(name, in);
    in.int64();
    return new MetadataReader(name, in).readEncoded((int) in.int64(), bytes);
  }

  Map<String, Tensor> tensors() {
    return tensors;
  }

  /** Names and types of the tensors that cannot be read. */
  Map<String, String> unsupported() {
    return unsupported;
  }

  private static int readVersion(String file, ByteReader in) {
    int magic = in.int32();
    if (magic != MAGIC) {
      throw new GgufException(
          "%s: expected a GGUF file that begins with 'GGUF', found the bytes %08x"
              .formatted(file, Integer.reverseBytes(magic)));
    }
    int version = in.int32();
    if (version != 2 && version != 3) {
      throw new GgufException(
          "%s: expected GGUF version 2 or 3, found %d; a big-endian or older file must be converted"
              .formatted(file, version));
    }
    return version;
  }

  private int bounded(int count, int most, String what) {
    if (count > most) {
      throw new GgufException(
          "%s: header: expected at most %d %s, found %d".formatted(name, most, what, count));
    }
    return count;
  }

  private long alignment() {
    long alignment = metadata.findInteger("general.alignment").orElse(32);
    if (Long.bitCount(alignment) != 1 || alignment < 1 || alignment > 1 << 20) {
      throw new GgufException(
          "%s: key 'general.alignment': expected a power of two from 1 to 1048576, found %d"
              .formatted(name, alignment));
    }
    return alignment;
  }
}
