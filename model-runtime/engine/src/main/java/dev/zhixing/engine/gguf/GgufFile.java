package dev.zhixing.engine.gguf;

import dev.zhixing.engine.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A GGUF file, version 2 or 3, mapped into memory. Tensors are views of the mapping: nothing is
 * copied, and what is not used is not read.
 *
 * <p>The file is immutable and safe for all threads. {@link #close()} ends the mapping; using a
 * tensor afterwards throws {@link IllegalStateException}. The file on disk must not be changed or
 * cut while it is open. Errors in the file are a {@link GgufException}.
 *
 * @see <a href="https://github.com/ggml-org/ggml/blob/master/docs/gguf.md">the format</a>
 */
public final class GgufFile implements ModelFile {
  private static final int MAGIC = 0x46554747; // "GGUF"
  private static final int BLOCK = 4096;
  private static final int BLOCKS = 64;

  private final Path path;
  private final Arena arena;
  private final MemorySegment bytes;
  private final long size;
  private final int version;
  private final GgufMetadata metadata;
  private final Map<String, Tensor> tensors;

  private GgufFile(Path path, Arena arena, MemorySegment bytes) {
    this.path = path;
    this.arena = arena;
    this.bytes = bytes;
    this.size = bytes.byteSize();
    String file = name(path);
    ByteReader in = new ByteReader(file, bytes);
    this.version = readVersion(file, in);
    long tensorCount = in.int64();
    long keyCount = in.int64();
    this.metadata = new MetadataReader(file, in).read(in.count(keyCount, 13, "metadata keys"));
    in.at("tensor list", "");
    this.tensors =
        new TensorListReader(file, in, alignment(file))
            .read(in.count(tensorCount, 24, "tensors"), bytes);
  }

  /**
   * Maps a file and reads its metadata and tensor list.
   *
   * @throws GgufException if the file cannot be read, is not GGUF, is damaged, or has a tensor of
   *     an unsupported type
   */
  @SuppressWarnings("MustBeClosed") // the file owns the arena and closes it
  public static GgufFile open(Path path) {
    Arena arena = Arena.ofShared();
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      MemorySegment bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      return new GgufFile(path, arena, bytes);
    } catch (IOException e) {
      arena.close();
      throw new GgufException(
          "%s: expected a readable file, found %s; is the path right?".formatted(path, e), e);
    } catch (RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public String name() {
    return name(path);
  }

  @Override
  public long size() {
    return size;
  }

  /** Returns the format's version, 2 or 3. */
  public int version() {
    return version;
  }

  @Override
  public long fingerprint() {
    CRC32 checksum = new CRC32();
    long step = Math.max(BLOCK, bytes.byteSize() / BLOCKS);
    for (long from = 0; from < bytes.byteSize(); from += step) {
      long length = Math.min(BLOCK, bytes.byteSize() - from);
      checksum.update(bytes.asSlice(from, length).asByteBuffer());
    }
    return checksum.getValue() << 32 ^ bytes.byteSize();
  }

  @Override
  public GgufMetadata metadata() {
    return metadata;
  }

  @Override
  public Map<String, Tensor> tensors() {
    return tensors;
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }

  private static String name(Path path) {
    @Nullable Path name = path.getFileName();
    return name == null ? path.toString() : name.toString();
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

  private long alignment(String file) {
    long alignment = metadata.findInteger("general.alignment").orElse(32);
    if (alignment < 1 || alignment > 1 << 20) {
      throw new GgufException(
          "%s: key 'general.alignment': expected 1 to 1048576, found %d"
              .formatted(file, alignment));
    }
    return alignment;
  }
}
