package dev.zhixing.tool.code;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import run.endive.runtime.WasmRuntimeException;

/**
 * Runs JavaScript in a sandbox: QuickJS, compiled to WebAssembly, which runs as Java bytecode. A
 * program sees the language and {@code console}, and no files, network, clock beyond {@code Date}
 * or Java. Every program gets a fresh engine and thread, and limits on time, memory and output.
 *
 * <p>Nothing of the engine is loaded before the first program; that one takes half a second to a
 * second longer than those after it. Safe for all threads.
 */
public final class JavaScript {

  private static final Duration START = Duration.ofSeconds(30);
  private static final int MAX_PROGRAM = 100_000;
  private static final Pattern PANIC =
      Pattern.compile("value: (?:Error: )?(.*?)\\s*(?:\nnote: run with|$)", Pattern.DOTALL);
  private static final Pattern MEMORY = Pattern.compile("out of memory|memory allocation of");
  private static final Pattern PLACE =
      Pattern.compile("\n?\\s*at (?:(\\S+) )?\\(?function\\.mjs:(\\d+):(\\d+)\\)?");

  private final Limits limits;
  private final String prelude;

  /** A sandbox that gives each program these limits. */
  public JavaScript(Limits limits) {
    this.limits = limits;
    this.prelude = resource("console.js");
  }

  /**
   * Runs a program and returns what it printed with {@code console.log}; text printed with {@code
   * console.error} is in {@link Printed#stderr()}.
   *
   * @throws CodeException if the program has a mistake, throws, or runs into a limit
   */
  public Printed run(String program) {
    if (program.length() > MAX_PROGRAM) {
      throw new CodeException("the program is longer than " + MAX_PROGRAM + " characters", "");
    }
    var run = new SandboxRun(prelude, program, limits);
    Thread thread =
        Thread.ofPlatform().name("javascript").daemon().stackSize(16L << 20).unstarted(run);
    thread.start();
    try {
      wait(run.ready(), START);
      wait(run.done(), limits.time());
      return new Printed(run.stdout(), run.stderr());
    } catch (TimeoutException e) {
      throw new CodeException(
          "the program was stopped after " + limits.time().toMillis() / 1000.0 + " s",
          run.stdout());
    } catch (ExecutionException e) {
      throw new CodeException(inWords(e, run), run.stdout());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CodeException("the program was interrupted", run.stdout());
    } finally {
      thread.interrupt(); // ends the program at its next call or loop; no effect once it has ended
    }
  }

  private static void wait(CompletableFuture<Void> event, Duration limit)
      throws InterruptedException, ExecutionException, TimeoutException {
    event.get(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  private String inWords(Throwable cause, SandboxRun run) {
    if (run.outputExceeded()) {
      return "the program was stopped: it printed more than " + limits.outputBytes() + " bytes";
    }
    String diagnosis = run.diagnosis();
    if (MEMORY.matcher(diagnosis).find()) {
      return "the program was stopped: it needs more than " + limits.megabytes() + " MiB of memory";
    }
    for (Throwable e = cause; e != null; e = e.getCause()) {
      if (e instanceof StackOverflowError || isStackOfGuest(e)) {
        return "the program was stopped: its recursion is too deep";
      }
    }
    var panic = PANIC.matcher(diagnosis);
    if (panic.find()) {
      return place(panic.group(1));
    }
    return "the program broke off: " + cause.getCause();
  }

  /** The guest's stack lies at the bottom of its memory: past its end are negative addresses. */
  private static boolean isStackOfGuest(Throwable cause) {
    return cause instanceof WasmRuntimeException
        && String.valueOf(cause.getMessage()).contains("access address: -");
  }

  /** The first place as line and column, without the engine's own file name. */
  private static String place(String error) {
    var place = PLACE.matcher(error);
    if (!place.find()) {
      return error;
    }
    String message = error.substring(0, place.start()).strip();
    return message + " (line " + place.group(2) + ", column " + place.group(3) + ")";
  }

  private static String resource(String name) {
    try (var in = JavaScript.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + ": expected beside JavaScript, found nothing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  /** What a program printed. */
  public record Printed(String stdout, String stderr) {}
}
