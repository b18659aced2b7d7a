package dev.zhixing.chat;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2.AllMiniLmL6V2EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.bgesmallzhv15.BgeSmallZhV15EmbeddingModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Times batches of 64 sentences beside ONNX Runtime, in turns within one process. Arguments: rounds
 * (15). Prints medians and their ratio, and the least times.
 */
final class EmbeddingBenchmark {
  private static final Path CACHE = Path.of("target", "embedding-cache");
  private static final int BATCH = 64;

  private EmbeddingBenchmark() {}

  public static void main(String[] args) {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 15;
    System.out.printf(
        "%d threads, Java %s, batches of %d, %d rounds%n",
        Runtime.getRuntime().availableProcessors(), Runtime.version(), BATCH, rounds);
    try (LocalEmbeddingModel model = LocalEmbeddingModel.english(CACHE, line -> {})) {
      compare("English", model, new AllMiniLmL6V2EmbeddingModel(), 'a', 26, " ", rounds);
    }
    try (LocalEmbeddingModel model = LocalEmbeddingModel.chinese(CACHE, line -> {})) {
      compare("Chinese", model, new BgeSmallZhV15EmbeddingModel(), '一', 200, "", rounds);
    }
  }

  private static void compare(
      String language,
      EmbeddingModel model,
      EmbeddingModel onnx,
      char first,
      int letters,
      String between,
      int rounds) {
    for (int words : new int[] {10, 58}) {
      List<TextSegment> batch = batch(words, first, letters, between);
      double[] ours = new double[rounds];
      double[] theirs = new double[rounds];
      for (int round = -5; round < rounds; round++) { // the first ones only warm up
        double found = milliseconds(model, batch);
        double expected = milliseconds(onnx, batch);
        if (round >= 0) {
          ours[round] = found;
          theirs[round] = expected;
        }
      }
      Arrays.sort(ours);
      Arrays.sort(theirs);
      double median = ours[rounds / 2];
      double oracle = theirs[rounds / 2];
      System.out.printf(
          "%s, %d tokens: %.1f ms (least %.1f), ONNX Runtime %.1f ms (least %.1f), ratio %.2f%n",
          language, words + 2, median, ours[0], oracle, theirs[0], median / oracle);
    }
  }

  private static double milliseconds(EmbeddingModel model, List<TextSegment> batch) {
    long start = System.nanoTime();
    model.embedAll(batch);
    return (System.nanoTime() - start) / 1e6;
  }

  /** Sentences of random letters, each of which is a token. */
  private static List<TextSegment> batch(int words, char first, int letters, String between) {
    SplittableRandom random = new SplittableRandom(words);
    List<TextSegment> batch = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      StringBuilder sentence = new StringBuilder();
      for (int j = 0; j < words; j++) {
        sentence.append((char) (first + random.nextInt(letters))).append(between);
      }
      batch.add(TextSegment.from(sentence.toString()));
    }
    return batch;
  }
}
