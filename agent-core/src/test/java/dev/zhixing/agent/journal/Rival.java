package dev.zhixing.agent.journal;

import dev.zhixing.agent.RunResult;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The main of a process that wants what another one wants, too. It begins when the file {@code go}
 * is there, so that both do at the same time.
 */
final class Rival {
  static final int WON = 0;
  static final int LOST = 4;
  static final int TWO_HOLDERS = 5;
  private static final int MOST_ROUNDS = 100_000;

  /** The others may be stopped for a while; less than whoever started this process waits. */
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(180);

  private final Path folder;

  private Rival(Path folder) {
    this.folder = folder;
  }

  /**
   * {@code FOLDER resume RUN}: takes up a run of {@link ThreeWrites}, whose writes wait until
   * somebody has lost. {@code FOLDER lock ROUNDS}: locks and unlocks a file, which is deleted every
   * other time.
   */
  public static void main(String[] arguments) throws Exception {
    Rival rival = new Rival(Path.of(arguments[0]));
    rival.await("go");
    System.exit(
        arguments[1].equals("resume")
            ? rival.resume(arguments[2])
            : rival.lock(Integer.parseInt(arguments[2])));
  }

  private int resume(String run) throws IOException {
    ThreeWrites writes = new ThreeWrites(folder.resolve("world"), () -> await("lost"), () -> {});
    try {
      RunResult result =
          writes
              .agent(ThreeWrites.journals(folder, end -> end))
              .tools(writes.tools().timeLimit("write", Duration.ofNanos(MOST_NANOS)).build())
              .build()
              .resume(run)
              .run();
      System.out.println(result.reason());
      return result instanceof RunResult.Answered ? WON : 1;
    } catch (IllegalStateException e) {
      System.out.println(e.getMessage());
      Files.createFile(folder.resolve("lost"));
      return LOST;
    }
  }

  private int lock(int rounds) throws IOException {
    Path lock = folder.resolve("run.lock");
    Path held = folder.resolve("held");
    int won = 0;
    for (int i = 0; won < rounds && i < MOST_ROUNDS; i++) {
      try (RunLock mine = RunLock.of(lock)) {
        Files.createFile(held);
        Files.delete(held);
        if (won++ % 2 == 0) {
          mine.delete();
        }
      } catch (FileAlreadyExistsException e) {
        System.out.println("two holders after " + won + " rounds");
        return TWO_HOLDERS;
      } catch (IllegalStateException e) {
        Thread.onSpinWait(); // the other one is at it
      }
    }
    System.out.println(won);
    return WON;
  }

  private void await(String file) {
    long end = System.nanoTime() + MOST_NANOS;
    while (Files.notExists(folder.resolve(file))) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("expected the file " + file + ", found none");
      }
      Thread.onSpinWait();
    }
  }
}
