package dev.zhixing.tool.home;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The file of the home's state. A change is read, made and written under a lock on a file beside
 * it, so that threads and processes take turns; the new state replaces the old one in one move, so
 * that a reader needs no lock and a crash leaves the old state.
 */
final class StateFile {

  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private static final long PATIENCE_NANOS = 10_000_000_000L;

  private final Path file;

  StateFile(Path file) {
    this.file = file.toAbsolutePath();
  }

  /** The state, or that of a new home where there is no file yet. */
  HomeState read() {
    try {
      return Files.exists(file)
          ? JSON.readValue(Files.readAllBytes(file), HomeState.class)
          : HomeState.initial();
    } catch (JsonProcessingException e) {
      throw new HomeException(
          file + ": not a home's state (" + e.getOriginalMessage() + "); delete it to start anew",
          e);
    } catch (IOException e) {
      throw new HomeException(file + ": cannot be read: " + e, e);
    }
  }

  /** Changes the state and gives the new one. */
  HomeState update(UnaryOperator<HomeState> change) {
    Path folder = folder();
    try {
      Files.createDirectories(folder);
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve(file.getFileName() + ".lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock lock = lock(channel)) {
        HomeState changed = change.apply(read());
        if (!lock.isValid()) {
          throw new HomeException(file + ": its lock was lost; the change was not made");
        }
        write(changed, folder);
        return changed;
      }
    } catch (IOException e) {
      throw new HomeException(file + ": cannot be written: " + e, e);
    }
  }

  private Path folder() {
    Path folder = file.getParent();
    if (folder == null) {
      throw new HomeException(file + ": expected a file in a folder");
    }
    return folder;
  }

  private FileLock lock(FileChannel channel) throws IOException {
    long start = System.nanoTime();
    while (true) {
      FileLock lock = tryLock(channel);
      if (lock != null) {
        return lock;
      }
      if (System.nanoTime() - start > PATIENCE_NANOS) {
        throw new HomeException(file + ": another process has held its lock for ten seconds");
      }
      try {
        Thread.sleep(2);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new HomeException(file + ": interrupted while waiting for its lock", e);
      }
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // another thread of this process has it
    }
  }

  private void write(HomeState state, Path folder) throws IOException {
    Path temporary = Files.createTempFile(folder, ".home", ".tmp");
    try {
      try (FileChannel out = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        ByteBuffer bytes =
            ByteBuffer.wrap(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(state));
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        out.force(true);
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
