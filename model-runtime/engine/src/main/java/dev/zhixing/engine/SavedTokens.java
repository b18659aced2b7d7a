package dev.zhixing.engine;

import dev.zhixing.engine.transformer.CacheType;
import dev.zhixing.engine.transformer.KeyValueCache;
import dev.zhixing.engine.transformer.Transformer;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Tokens whose keys and values lie in a file: magic and layout, the key, what a page looks like,
 * the tokens, zeros up to a multiple of {@value #ALIGNMENT} bytes, the pages, and the CRC-32 of it
 * all; little-endian. A reader knows every byte before the pages and accepts no others; one that
 * does not know the tokens takes them from the file and then reads it as if it had.
 */
final class SavedTokens {
  /** "ZXKV" and a number that changes with the layout. */
  private static final long MAGIC = 0x2_564B585AL;

  private static final int ALIGNMENT = 64;
  private static final int CHECKSUM_BYTES = 4;
  private static final int IDS_AT = 4 * Long.BYTES + 3 * Integer.BYTES;

  /** Bytes that are copied sooner than code that reads mapped ones is warm. */
  static final long MOST_COPIED = 8 << 20;

  /** Tells saved tokens of short contexts from those of long ones, where they differ. */
  private static final long SHORT = 0x9E3779B97F4A7C15L;

  private final SnapshotKey key;
  private final int[] ids;

  /**
   * @param ids the tokens, from the start of a session
   */
  SavedTokens(SnapshotKey key, int... ids) {
    this.key = key;
    this.ids = ids;
  }

  /**
   * The first tokens of a session.
   *
   * @param fingerprint tells the model's content from another's
   * @param contextLength how many tokens the session can hold
   * @param template what made the tokens of messages
   */
  static SavedTokens of(
      Transformer transformer,
      long fingerprint,
      int contextLength,
      CacheType type,
      String template,
      int... ids) {
    long model = fingerprint ^ (transformer.isShort(contextLength) ? SHORT : 0);
    return new SavedTokens(SnapshotKey.of(model, template, type, ids, ids.length), ids);
  }

  /**
   * The tokens that a file says it has, which {@link #read} is still to verify.
   *
   * @param most so many at most
   * @param vocabulary each is below
   * @return none if it can be no such file
   */
  static int[] claimedBy(Path file, int most, int vocabulary) {
    if (!Files.isRegularFile(file)) {
      return new int[0];
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      int count = read(channel, IDS_AT - Integer.BYTES, Integer.BYTES).getInt();
      if (count < 1 || count > most) {
        return new int[0];
      }
      int[] ids = new int[count];
      read(channel, IDS_AT, Math.multiplyExact(Integer.BYTES, count)).asIntBuffer().get(ids);
      return Arrays.stream(ids).allMatch(id -> id >= 0 && id < vocabulary) ? ids : new int[0];
    } catch (IOException e) { // which reading it will tell
      return new int[0];
    }
  }

  private static ByteBuffer read(FileChannel channel, long at, int bytes) throws IOException {
    ByteBuffer to = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (to.hasRemaining()) {
      if (channel.read(to, at + to.position()) < 0) {
        throw new EOFException("it ends within its header");
      }
    }
    return to.flip();
  }

  /**
   * Writes the file whole or not at all. What a process leaves behind that ends meanwhile is called
   * as the file is, with {@code -} and more after it.
   */
  void write(KeyValueCache cache, Path file) {
    try {
      Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
      Path temporary = Files.createTempFile(folder, file.getFileName() + "-", ".part");
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        writeTo(channel, cache);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s: expected to save %d tokens here, found %s".formatted(file, ids.length, e), e);
    }
  }

  private void writeTo(FileChannel channel, KeyValueCache cache) throws IOException {
    CRC32 checksum = new CRC32();
    put(channel, header(cache), checksum);
    byte[] page = new byte[cache.pageBytes()];
    for (int i = 0; i < KeyValueCache.pagesFor(ids.length); i++) {
      cache.write(i, ids.length, MemorySegment.ofArray(page));
      put(channel, ByteBuffer.wrap(page), checksum);
    }
    ByteBuffer end = ByteBuffer.allocate(CHECKSUM_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    put(channel, end.putInt((int) checksum.getValue()).flip(), checksum);
  }

  private static void put(FileChannel channel, ByteBuffer bytes, CRC32 checksum)
      throws IOException {
    checksum.update(bytes.duplicate());
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /**
   * Puts the file's keys and values into an empty cache.
   *
   * @param mostCopied up to so many bytes of pages are copied, more are used as they lie in the
   *     file
   * @return why the file was not used and the cache is unchanged, or null
   */
  @Nullable String read(Path file, KeyValueCache cache, long mostCopied) {
    ByteBuffer header = header(cache);
    long pages = (long) KeyValueCache.pagesFor(ids.length) * cache.pageBytes();
    long expected = header.capacity() + pages + CHECKSUM_BYTES;
    MemorySegment found;
    try {
      if (!Files.isRegularFile(file)) {
        return "there is no such file";
      }
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        if (channel.size() < header.capacity()) {
          return "it ends within its header";
        }
        found = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
      }
    } catch (IOException e) {
      return "it cannot be read: " + e.getMessage();
    }
    @Nullable String difference = difference(header, found);
    if (difference != null) {
      return difference;
    }
    if (found.byteSize() != expected) {
      return "it has " + found.byteSize() + " bytes in place of " + expected;
    }
    if (!hasItsChecksum(found)) {
      return "it is damaged: its checksum differs";
    }
    cache.read(ids.length, found.asSlice(header.capacity(), pages), pages <= mostCopied);
    return null;
  }

  private static @Nullable String difference(ByteBuffer header, MemorySegment found) {
    long at = MemorySegment.ofBuffer(header).mismatch(found.asSlice(0, header.capacity()));
    if (at < 0) {
      return null;
    }
    return at < Long.BYTES
        ? "it is no file of saved tokens, or of another version"
        : at < IDS_AT
            ? "it is of another model, tokenizer, template, cache type or tokens"
            : "it is of other tokens";
  }

  private static boolean hasItsChecksum(MemorySegment found) {
    long end = found.byteSize() - CHECKSUM_BYTES;
    CRC32 crc = new CRC32();
    for (long from = 0; from < end; ) {
      long length = Math.min(1 << 30, end - from);
      crc.update(found.asSlice(from, length).asByteBuffer());
      from += length;
    }
    ByteBuffer last = found.asSlice(end).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    return last.getInt() == (int) crc.getValue();
  }

  /** All bytes before the pages. */
  private ByteBuffer header(KeyValueCache cache) {
    int size = Math.addExact(IDS_AT, Math.multiplyExact(Integer.BYTES, ids.length));
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.addExact(size, ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT)
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(MAGIC).putLong(key.high()).putLong(key.low()).putLong(key.model());
    bytes.putInt(cache.type().id()).putInt(cache.pageBytes()).putInt(ids.length);
    for (int id : ids) {
      bytes.putInt(id);
    }
    return bytes.rewind();
  }
}
