package dev.zhixing.engine;

import dev.zhixing.engine.transformer.KeyValueCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;

/**
 * Tokens whose keys and values lie in a file: magic, model, number of tokens, the tokens, keys and
 * values, and the CRC-32 of it all; little-endian.
 */
final class SavedTokens {
  /** "ZXKV" and a number that changes whenever a model would compute other bits, or a layout. */
  private static final long MAGIC = 0x1_564B585AL;

  private static final int CHECKSUM_BYTES = 4;

  private final long model;
  private final int[] ids;

  /**
   * @param model the model's fingerprint
   * @param ids the tokens, from the start of a session
   */
  SavedTokens(long model, int... ids) {
    this.model = model;
    this.ids = ids;
  }

  /** Writes the file whole or not at all. */
  void write(KeyValueCache cache, Path file) {
    ByteBuffer bytes = header(cache);
    cache.write(ids.length, bytes.asShortBuffer());
    int end = bytes.capacity() - CHECKSUM_BYTES;
    bytes.putInt(end, checksum(bytes, end)).rewind();
    try {
      Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
      Path temporary = Files.createTempFile(folder, "tokens-", ".part");
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s: expected to save %d tokens here, found %s".formatted(file, ids.length, e), e);
    }
  }

  /**
   * Reads the file into an empty cache; false, and the cache unchanged, if it is not this one's.
   */
  boolean read(Path file, KeyValueCache cache) {
    ByteBuffer expected = header(cache);
    ByteBuffer found;
    try {
      if (!Files.isRegularFile(file) || Files.size(file) != expected.capacity()) {
        return false;
      }
      found = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      return false;
    }
    int end = expected.capacity() - CHECKSUM_BYTES;
    int start = expected.position();
    if (found.capacity() != expected.capacity()
        || !found.slice(0, start).equals(expected.slice(0, start))
        || found.getInt(end) != checksum(found, end)) {
      return false;
    }
    cache.read(ids.length, found.position(start).asShortBuffer());
    return true;
  }

  /** A buffer for the whole file, filled up to the keys and values, at its position. */
  private ByteBuffer header(KeyValueCache cache) {
    int size = Long.BYTES + Long.BYTES + Integer.BYTES + Integer.BYTES * ids.length;
    int whole = Math.addExact(size + CHECKSUM_BYTES, 2 * cache.savedShorts(ids.length));
    ByteBuffer bytes = ByteBuffer.allocate(whole).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(MAGIC).putLong(model).putInt(ids.length);
    for (int id : ids) {
      bytes.putInt(id);
    }
    return bytes;
  }

  private static int checksum(ByteBuffer bytes, int end) {
    CRC32 crc = new CRC32();
    crc.update(bytes.slice(0, end));
    return (int) crc.getValue();
  }
}
