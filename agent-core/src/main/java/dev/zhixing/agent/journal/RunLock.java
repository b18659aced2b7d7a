package dev.zhixing.agent.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps others, in this process and elsewhere, from a run while it runs. It locks a file of its
 * own, since on many systems a process that reads a locked file loses its lock when it closes it;
 * the empty file stays, since to delete it would let two in. The system unlocks it when a process
 * ends, however it does.
 */
final class RunLock implements Closeable {
  private final FileChannel channel;

  private RunLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Locks {@code file}, made with {@code permissions}.
   *
   * @throws IllegalStateException if it is locked
   */
  static RunLock of(Path file, FileAttribute<?>... permissions) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), permissions);
    if (lock(channel) == null) {
      channel.close();
      throw new IllegalStateException(
          file + ": expected a run that nobody is at, found one that runs just now");
    }
    return new RunLock(channel);
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
