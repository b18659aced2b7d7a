package dev.zhixing.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Measures a whole model: {@code java --add-modules jdk.incubator.vector -cp CLASSES
 * dev.zhixing.engine.EngineBenchmark MODEL.gguf [PROMPT [REPETITIONS [THREADS]]]}. With {@code
 * random} for the model, one of 7 million random weights is written and used. The first line of
 * figures is that of a cold process; the best of all repetitions follows.
 */
public final class EngineBenchmark {
  private static final int DECODED = 32;

  private EngineBenchmark() {}

  /** Runs the benchmark. */
  public static void main(String[] args) throws IOException {
    Path path = args[0].equals("random") ? random() : Path.of(args[0]);
    int prompt = args.length > 1 ? Integer.parseInt(args[1]) : 500;
    int repetitions = args.length > 2 ? Integer.parseInt(args[2]) : 20;
    int threads =
        args.length > 3 ? Integer.parseInt(args[3]) : Runtime.getRuntime().availableProcessors();
    long start = System.nanoTime();
    try (Model model = Model.load(path, threads)) {
      double load = seconds(start);
      double[] cold = run(model, prompt);
      double[] best = cold.clone();
      for (int i = 1; i < repetitions; i++) {
        double[] next = run(model, prompt);
        best[0] = Math.min(best[0], next[0]);
        best[1] = Math.min(best[1], next[1]);
      }
      System.out.printf("model %s, %d threads, prompt %d%n", path.getFileName(), threads, prompt);
      System.out.printf("processor %s, Java %s%n", processor(), Runtime.version());
      System.out.printf("load %.0f ms, peak memory %s%n", load * 1e3, status("VmHWM"));
      print("cold", cold, prompt);
      print("best", best, prompt);
    }
  }

  private static void print(String name, double[] seconds, int prompt) {
    System.out.printf(
        "%s: first token %.0f ms, prefill %.0f tok/s, decode %.0f tok/s%n",
        name, seconds[0] * 1e3, prompt / seconds[0], DECODED / seconds[1]);
  }

  /** Returns the seconds of the prompt and of {@link #DECODED} further tokens. */
  private static double[] run(Model model, int prompt) {
    try (Session session = model.newSession()) {
      int[] ids =
          new SplittableRandom(2)
              .ints(prompt + DECODED, 0, model.config().vocabularySize())
              .toArray();
      long start = System.nanoTime();
      session.append(Arrays.copyOf(ids, prompt));
      double prefill = seconds(start);
      start = System.nanoTime();
      for (int i = 0; i < DECODED; i++) {
        session.append(ids[prompt + i]);
      }
      return new double[] {prefill, seconds(start)};
    }
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static String processor() throws IOException {
    return value("/proc/cpuinfo", "model name");
  }

  private static String status(String key) throws IOException {
    return value("/proc/self/status", key);
  }

  private static String value(String file, String key) throws IOException {
    List<String> lines =
        Files.isReadable(Path.of(file)) ? Files.readAllLines(Path.of(file)) : List.of();
    return lines.stream()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("unknown");
  }

  private static Path random() throws IOException {
    Path folder = Files.createTempDirectory("zhixing-");
    Path path = RandomModel.sevenMillion(folder);
    folder.toFile().deleteOnExit();
    path.toFile().deleteOnExit();
    return path;
  }
}
