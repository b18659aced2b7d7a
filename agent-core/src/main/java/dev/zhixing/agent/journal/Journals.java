package dev.zhixing.agent.journal;

import dev.zhixing.agent.AgentEvent;
import dev.zhixing.agent.Journal;
import dev.zhixing.agent.JournalEntry;
import dev.zhixing.agent.JournalStore;
import dev.zhixing.agent.RecordedRun;
import dev.zhixing.agent.redaction.Redaction;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder of journals, one file for each run, which is called as the run is. Where the file system
 * knows owners, only the owner may read the files. Safe for all threads and processes: a run is
 * locked while it runs. Where an agent has a {@link dev.zhixing.agent.SessionKeeper}, a file beside
 * a journal has what the model has read of the run.
 *
 * <p>An entry that must last is on the disk before the run goes on ({@code fsync}); the others are
 * with the operating system, so that only a crash of that can lose them.
 *
 * <p>Secrets are taken out before anything is written, see {@link Redaction}. A running run has the
 * real values. One that is taken up in another process does not: a call whose arguments held a
 * secret is not run there, but reported to the model as not run or in doubt, and cannot be
 * approved.
 */
public final class Journals implements JournalStore {
  private static final String SUFFIX = ".jsonl";
  private static final String LOCK = ".lock";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,63}");

  private final Path folder;
  private final Redaction redaction;
  private final InstantSource clock;
  private final UnaryOperator<Appender> appenders;
  private final SessionFiles sessions;

  /** The journals in {@code folder}, which is made when the first run is recorded. */
  public Journals(Path folder) {
    this(folder, Redaction.standard());
  }

  /** The same with other rules of what is a secret. */
  public Journals(Path folder, Redaction redaction) {
    this(folder, redaction, InstantSource.system(), UnaryOperator.identity());
  }

  Journals(
      Path folder, Redaction redaction, InstantSource clock, UnaryOperator<Appender> appenders) {
    this.folder = folder;
    this.redaction = redaction;
    this.clock = clock;
    this.appenders = appenders;
    this.sessions = new SessionFiles(folder);
  }

  /**
   * A run of the folder.
   *
   * @param id the run's name
   * @param request what was asked
   * @param state how it ended last, the name of a {@link dev.zhixing.agent.RunResult}; {@code
   *     Unfinished} if it goes on or its process ended; {@code Damaged} if its journal is
   * @param time when it began
   */
  public record Summary(String id, String request, String state, Instant time) {
    /** The state of a run without an end. */
    public static final String UNFINISHED = "Unfinished";

    /** The state of a run whose journal cannot be read. */
    public static final String DAMAGED = "Damaged";
  }

  /** The runs, the newest first; files in which nothing was written yet are left out. */
  public List<Summary> list() {
    List<Summary> runs = new ArrayList<>();
    for (Path file : files(SUFFIX)) {
      runs.addAll(summary(file));
    }
    runs.sort(Comparator.comparing(Summary::time).thenComparing(Summary::id).reversed());
    return List.copyOf(runs);
  }

  /**
   * The run {@code id}.
   *
   * @throws IllegalArgumentException if there is none, or nothing was written of it
   */
  public RecordedRun run(String id) {
    List<JournalEntry> entries = read(id);
    if (entries.isEmpty()) {
      throw new IllegalArgumentException(
          file(id) + ": expected a run, found nothing: its process ended before it began");
    }
    return RecordedRun.of(entries);
  }

  /**
   * The name of the one run that begins with {@code start}.
   *
   * @throws IllegalArgumentException if none or several do
   */
  public String find(String start) {
    List<String> found =
        files(SUFFIX).stream().map(Journals::id).filter(n -> n.startsWith(start)).toList();
    if (found.size() != 1) {
      throw new IllegalArgumentException(
          "%s: expected one run whose name begins with '%s', found %s"
              .formatted(folder, start, found.isEmpty() ? "none" : String.join(", ", found)));
    }
    return found.getFirst();
  }

  @Override
  public Journal create(String run) {
    Path file = file(run);
    try {
      Files.createDirectories(folder, permissions("rwx------"));
      Journal journal = open(run, file, StandardOpenOption.CREATE_NEW);
      try {
        forceFolder();
      } catch (IOException e) {
        journal.close();
        throw e;
      }
      return journal;
    } catch (IOException e) {
      throw JournalException.unmade(file, e);
    }
  }

  @Override
  public List<JournalEntry> read(String run) {
    return content(run).entries();
  }

  @Override
  public Journal reopen(String run) {
    Path file = file(run);
    try {
      return open(run, file, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw JournalException.unopened(file, e);
    }
  }

  @Override
  public Optional<Path> session(String run) {
    return sessions.find(id(file(run)));
  }

  @Override
  public List<String> prune(Instant before, boolean alsoOpen) {
    Pruning pruning = new Pruning(before, alsoOpen, sessions);
    List<String> deleted = new ArrayList<>();
    try {
      for (Path file : files(SUFFIX)) {
        String run = id(file);
        if (NAME.matcher(run).matches() && pruning.delete(run, file, folder.resolve(run + LOCK))) {
          deleted.add(run);
        }
      }
      for (Path lock : files(LOCK)) {
        String run = name(lock, LOCK);
        pruning.deleteLone(lock, folder.resolve(run + SUFFIX), run);
      }
      for (Path session : sessions.all()) {
        String run = SessionFiles.run(session);
        pruning.deleteLoneSession(session, folder.resolve(run + SUFFIX), run);
      }
    } catch (IOException e) {
      throw JournalException.not("cleared of old journals", folder, e);
    }
    return List.copyOf(deleted);
  }

  /** Opens {@code file} to write at the end of its last whole line. */
  private Journal open(String run, Path file, StandardOpenOption how) throws IOException {
    FileAttribute<?>[] owner = permissions("rw-------");
    RunLock lock = RunLock.of(folder.resolve(run + LOCK), owner);
    FileChannel channel = null;
    try {
      channel = FileChannel.open(file, EnumSet.of(how, StandardOpenOption.WRITE), owner);
      Lines.Content content = content(run);
      channel.truncate(content.end()).position(content.end());
      Appender end = appenders.apply(new FileAppender(channel, lock));
      return new JournalFile(file, end, content.lines().size(), redaction, clock, sessions);
    } catch (IOException | RuntimeException e) {
      if (channel != null) {
        channel.close();
      }
      lock.close();
      throw e;
    }
  }

  private Lines.Content content(String run) {
    Path file = file(run);
    try {
      return Lines.read(file, Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(
          "run %s: expected its journal in %s, found none".formatted(run, folder), e);
    } catch (IOException e) {
      throw JournalException.not("read", file, e);
    }
  }

  private List<Summary> summary(Path file) {
    String id = id(file);
    try {
      List<Lines.Line> lines = content(id).lines();
      if (lines.isEmpty()) {
        return List.of();
      }
      RecordedRun run = RecordedRun.of(lines.stream().map(Lines.Line::entry).toList());
      return List.of(
          new Summary(
              id,
              run.begun().request(),
              run.end().map(AgentEvent.Ended::result).orElse(Summary.UNFINISHED),
              lines.getFirst().at()));
    } catch (JournalException | IllegalArgumentException e) {
      return List.of(new Summary(id, "", Summary.DAMAGED, Instant.EPOCH));
    }
  }

  private List<Path> files(String suffix) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(suffix)).sorted().toList();
    } catch (IOException e) {
      throw JournalException.not("listed", folder, e);
    }
  }

  static String id(Path file) {
    return name(file, SUFFIX);
  }

  private static String name(Path file, String suffix) {
    String name = String.valueOf(file.getFileName());
    return name.substring(0, name.length() - suffix.length());
  }

  private Path file(String run) {
    if (!NAME.matcher(run).matches()) {
      throw new IllegalArgumentException(
          "run: expected up to 64 letters, digits and hyphens, found '" + run + "'");
    }
    return folder.resolve(run + SUFFIX);
  }

  private FileAttribute<?>[] permissions(String allowed) {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(allowed))
        }
        : new FileAttribute<?>[0];
  }

  /** So that the new file's name lasts too; where folders cannot be opened, they need not be. */
  private void forceFolder() throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
        names.force(true);
      }
    }
  }
}
