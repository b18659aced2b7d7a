package dev.zhixing.agent.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Keeps others, in this process and elsewhere, from a run while it runs, with the system's lock on
 * an empty file of its own. The system unlocks it when a process ends, however it does.
 *
 * <p>Why there is one holder at most:
 *
 * <ul>
 *   <li>A POSIX lock belongs to the process, which loses it when it closes any channel of the file,
 *       be it one of an attempt that was refused. So within a process a set of names decides,
 *       before the file is opened; it is static as the locks are.
 *   <li>The file may be deleted, but only by who holds it. Whoever waited at the deleted file must
 *       not take it for the one that is there now, so after locking it looks whether the name still
 *       means the file that it meant before opening. A name that comes back means another file: one
 *       of another key, or of another time of creation where the system gives a key away again.
 * </ul>
 */
final class RunLock implements Closeable {
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  /** Each further one only after somebody deleted the file just then. */
  private static final int MOST_ATTEMPTS = 100;

  private final Path file;
  private final Path name;
  private final FileChannel channel;
  private final AtomicBoolean isOpen = new AtomicBoolean(true);

  private RunLock(Path file, Path name, FileChannel channel) {
    this.file = file;
    this.name = name;
    this.channel = channel;
  }

  /** Which file a name means. */
  private record Identity(@Nullable Object key, FileTime created) {
    static Identity of(Path file) throws IOException {
      BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
      return new Identity(is.fileKey(), is.creationTime());
    }
  }

  /**
   * Locks {@code file}, made with {@code permissions} where it is not there.
   *
   * @throws IllegalStateException if it is locked
   */
  static RunLock of(Path file, FileAttribute<?>... permissions) throws IOException {
    Path whole = file.toAbsolutePath();
    Path folder = whole.getParent();
    Path name = folder == null ? whole : folder.toRealPath().resolve(whole.getFileName());
    if (!HELD.add(name)) {
      throw taken(file);
    }
    try {
      return new RunLock(file, name, locked(file, permissions));
    } catch (IOException | RuntimeException e) {
      HELD.remove(name);
      throw e;
    }
  }

  private static FileChannel locked(Path file, FileAttribute<?>... permissions) throws IOException {
    for (int i = 0; i < MOST_ATTEMPTS; i++) {
      try {
        Files.createFile(file, permissions);
      } catch (FileAlreadyExistsException e) {
        // from a run before
      }
      Optional<FileChannel> locked = lockedIfThere(file);
      if (locked.isPresent()) {
        return locked.get();
      }
    }
    throw new IOException(
        "%s: expected a file to lock, found it deleted %d times".formatted(file, MOST_ATTEMPTS));
  }

  /** The locked file; empty if it was deleted meanwhile. */
  private static Optional<FileChannel> lockedIfThere(Path file) throws IOException {
    FileChannel channel = null;
    boolean isOurs = false;
    try {
      Identity before = Identity.of(file);
      channel = FileChannel.open(file, StandardOpenOption.WRITE);
      lock(file, channel);
      isOurs = Identity.of(file).equals(before);
      return isOurs ? Optional.of(channel) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } finally {
      if (channel != null && !isOurs) {
        channel.close();
      }
    }
  }

  private static void lock(Path file, FileChannel channel) throws IOException {
    try {
      if (channel.tryLock() == null) {
        throw taken(file);
      }
    } catch (OverlappingFileLockException e) {
      throw taken(file);
    }
  }

  private static IllegalStateException taken(Path file) {
    return new IllegalStateException(
        file
            + ": expected a run that nobody is at, found one that runs just now; wait for its end,"
            + " or end its process");
  }

  /** Deletes the locked file, the last that its holder does: others may make a new one at once. */
  void delete() throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public void close() throws IOException {
    if (isOpen.compareAndSet(true, false)) {
      try {
        channel.close();
      } finally {
        HELD.remove(name);
      }
    }
  }
}
