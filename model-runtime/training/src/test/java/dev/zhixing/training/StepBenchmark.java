package dev.zhixing.training;

import dev.zhixing.training.layer.ModelShape;
import dev.zhixing.training.optimizer.AdamW;
import dev.zhixing.training.optimizer.Schedule;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Times steps of a 7-million-parameter model on random documents of 150 to 500 tokens of which 30 %
 * have a loss. Not a test: run its main. Arguments: threads, steps, tokens per row, tokens per
 * step.
 */
final class StepBenchmark {
  private StepBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    int threads = argument(arguments, 0, 2);
    int steps = argument(arguments, 1, 8);
    int rowLength = argument(arguments, 2, 1024);
    int tokensPerStep = argument(arguments, 3, 8192);
    ModelShape shape = new ModelShape(256, 8, 8, 4, 704, 6000, 10_000, 1024);
    Path directory = Files.createTempDirectory("step-benchmark");
    TrainingConfig config =
        new TrainingConfig(
            shape,
            tokensPerStep,
            rowLength,
            new Schedule(steps, 2, 2, Schedule.Decay.LINEAR, 1e-3, 0.1),
            AdamW.Settings.usual(),
            1,
            Duration.ofHours(1),
            directory,
            threads);
    List<Progress> progress = new ArrayList<>();
    ThreadMXBean threadTimes = ManagementFactory.getThreadMXBean();
    long[] last = {0};
    try (Trainer trainer = Trainer.startOrResume(config, StepBenchmark::document)) {
      trainer.run(
          p -> {
            progress.add(p);
            long now = trainingTime(threadTimes);
            double processor = (now - last[0]) / 1e9;
            last[0] = now;
            System.out.printf(
                "%s  %.0f tok/s of processor time%n", p.line(), p.tokens() / processor);
          });
    }
    List<Progress> sorted = progress.subList(progress.size() / 2, progress.size());
    sorted = new ArrayList<>(sorted);
    sorted.sort((a, b) -> Double.compare(b.tokensPerSecond(), a.tokensPerSecond()));
    Progress best = sorted.get(0);
    Progress median = sorted.get(sorted.size() / 2);
    System.out.printf(
        "%d threads, rows of %d: median %.0f tok/s, %.0f GFLOP/s; best %.0f tok/s, %.0f GFLOP/s%n",
        threads,
        rowLength,
        median.tokensPerSecond(),
        median.gigaflops(),
        best.tokensPerSecond(),
        best.gigaflops());
  }

  /** Processor time of all threads that train: what a busy machine leaves comparable. */
  private static long trainingTime(ThreadMXBean times) {
    long sum = times.getCurrentThreadCpuTime();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("zhixing-trainer")) {
        sum += times.getThreadCpuTime(thread.threadId());
      }
    }
    return sum;
  }

  private static int argument(String[] arguments, int index, int otherwise) {
    return index < arguments.length ? Integer.parseInt(arguments[index]) : otherwise;
  }

  private static TokenDocument document(long index) {
    SplittableRandom random = new SplittableRandom(index);
    int length = 150 + random.nextInt(351);
    int[] ids = random.ints(length, 0, 6000).toArray();
    boolean[] learned = new boolean[length];
    for (int i = 0; i < length; i++) {
      learned[i] = i % 50 < 15;
    }
    return TokenDocument.of(ids, learned);
  }
}
