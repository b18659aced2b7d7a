package dev.zhixing.tool.code;

import io.roastedroot.quickjs4j.core.Engine;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import run.endive.log.Logger;
import run.endive.runtime.ByteArrayMemory;
import run.endive.runtime.Memory;
import run.endive.wasm.types.MemoryLimits;

/** One program in an engine of its own, run on a thread of its own. */
final class SandboxRun implements Runnable {

  private static final int PAGES_PER_MEGABYTE = 16;
  private static final int DIAGNOSIS_BYTES = 4_000;

  private final String prelude;
  private final String program;
  private final Limits limits;
  private final BoundedOutput stdout;
  private final BoundedOutput stderr;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private volatile String diagnosis = "";
  private volatile boolean outputExceeded;

  SandboxRun(String prelude, String program, Limits limits) {
    this.prelude = prelude;
    this.program = program;
    this.limits = limits;
    this.stdout = new BoundedOutput(limits.outputBytes());
    this.stderr = new BoundedOutput(limits.outputBytes() + DIAGNOSIS_BYTES);
  }

  @Override
  public void run() {
    try (Engine engine =
        Engine.builder()
            .withStdout(stdout)
            .withStderr(stderr)
            .withMemoryFactory(this::memory)
            .withLogger(Silent.LOGGER)
            .build()) {
      engine.exec(engine.compileRaw(prelude.getBytes(StandardCharsets.UTF_8)));
      ready.complete(null);
      engine.exec(engine.compileRaw(program.getBytes(StandardCharsets.UTF_8)));
      done.complete(null);
    } catch (BoundedOutput.Exceeded e) {
      outputExceeded = true;
      fail(e);
    } catch (Throwable e) { // a guest can end in any error of the host, a stack overflow for one
      fail(e);
    }
  }

  private void fail(Throwable cause) {
    diagnosis = stderr.text();
    ready.completeExceptionally(cause);
    done.completeExceptionally(cause);
  }

  private Memory memory(MemoryLimits wanted) {
    int most = Math.min(limits.megabytes() * PAGES_PER_MEGABYTE, wanted.maximumPages());
    return new ByteArrayMemory(new MemoryLimits(wanted.initialPages(), most));
  }

  /** Completes when the engine has started and the program begins. */
  CompletableFuture<Void> ready() {
    return ready;
  }

  /** Completes when the program has ended. */
  CompletableFuture<Void> done() {
    return done;
  }

  String stdout() {
    return stdout.text();
  }

  String stderr() {
    return stderr.text();
  }

  /** What the engine wrote about its own end. */
  String diagnosis() {
    return diagnosis;
  }

  boolean outputExceeded() {
    return outputExceeded;
  }

  /** The engine's own log, which nobody needs. */
  private enum Silent implements Logger {
    LOGGER;

    @Override
    public void log(Level level, String message, Throwable throwable) {}

    @Override
    public boolean isLoggable(Level level) {
      return false;
    }
  }
}
