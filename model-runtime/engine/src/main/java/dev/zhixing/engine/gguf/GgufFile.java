package dev.zhixing.engine.gguf;

import dev.zhixing.engine.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * A GGUF file, version 2 or 3, mapped into memory; or all the files of a split one. Tensors are
 * views of the mapping: nothing is copied, and what is not used is not read.
 *
 * @see <a href="https://github.com/ggml-org/ggml/blob/master/docs/gguf.md">the format</a>
 */
public final class GgufFile implements ModelFile {
  private static final int BLOCK = 4096;
  private static final int BLOCKS = 64;

  private final Path path;
  private final Arena arena;
  private final List<GgufPart> parts;
  private final Map<String, Tensor> tensors;
  private final Map<String, String> unsupported;

  private GgufFile(Path path, Arena arena, List<GgufPart> parts) {
    this.path = path;
    this.arena = arena;
    this.parts = parts;
    if (parts.size() == 1) {
      tensors = parts.getFirst().tensors();
      unsupported = parts.getFirst().unsupported();
    } else {
      Map<String, Tensor> all = new LinkedHashMap<>();
      Map<String, String> unreadable = new LinkedHashMap<>();
      for (GgufPart part : parts) {
        all.putAll(part.tensors());
        unreadable.putAll(part.unsupported());
      }
      tensors = Collections.unmodifiableMap(all);
      unsupported = Collections.unmodifiableMap(unreadable);
    }
  }

  /**
   * Maps a file and reads its metadata and tensor list.
   *
   * @param path the file, or any part of a split one, named like {@code x-00001-of-00003.gguf}; the
   *     other parts lie beside it
   * @throws GgufException if a file cannot be read, is not GGUF, or is damaged
   */
  @SuppressWarnings("MustBeClosed") // the file owns the arena and closes it
  public static GgufFile open(Path path) {
    Arena arena = Arena.ofShared();
    try {
      GgufPart opened = GgufPart.open(path, arena);
      List<GgufPart> parts =
          opened.metadata().has(SplitParts.COUNT)
              ? SplitParts.open(path, opened, arena)
              : List.of(opened);
      return new GgufFile(path, arena, parts);
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
    return GgufPart.name(path);
  }

  @Override
  public long size() {
    long size = 0;
    for (GgufPart part : parts) {
      size += part.size();
    }
    return size;
  }

  /** Returns the format's version, 2 or 3. */
  public int version() {
    return parts.getFirst().version();
  }

  @Override
  public long fingerprint() {
    CRC32 checksum = new CRC32();
    for (GgufPart part : parts) {
      MemorySegment bytes = part.bytes();
      long step = Math.max(BLOCK, bytes.byteSize() / BLOCKS);
      for (long from = 0; from < bytes.byteSize(); from += step) {
        long length = Math.min(BLOCK, bytes.byteSize() - from);
        checksum.update(bytes.asSlice(from, length).asByteBuffer());
      }
    }
    return checksum.getValue() << 32 ^ size();
  }

  /** Returns the keys and values, of a split file those of its first part. */
  @Override
  public GgufMetadata metadata() {
    return parts.getFirst().metadata();
  }

  /** Returns each key's value as it lies in the file, its type before it; reads them anew. */
  Map<String, ByteBuffer> encodedMetadata() {
    return parts.getFirst().encodedMetadata();
  }

  @Override
  public Map<String, Tensor> tensors() {
    return tensors;
  }

  @Override
  public Map<String, String> unsupported() {
    return unsupported;
  }

  /** Ends the mapping. */
  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
