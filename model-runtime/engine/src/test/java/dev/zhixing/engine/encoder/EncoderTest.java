package dev.zhixing.engine.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.zhixing.engine.gguf.GgufException;
import dev.zhixing.engine.gguf.GgufFile;
import dev.zhixing.engine.gguf.GgufWriter;
import dev.zhixing.engine.kernel.DenseChoice;
import dev.zhixing.engine.tensor.TensorType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncoderTest {
  @TempDir private Path folder;

  @Test
  void agreesWithPlainLoops() {
    Path file = RandomEncoder.write(folder, 1);
    try (Encoder encoder = Encoder.load(file);
        GgufFile weights = GgufFile.open(file)) {
      for (int[] sentence : sentences(12, 3)) {
        double[][] expected = new PlainEncoder(weights).tokenVectors(sentence);

        float[] found = encoder.tokenVectors(sentence);

        for (int i = 0; i < found.length; i++) {
          assertThat((double) found[i])
              .isCloseTo(expected[i / RandomEncoder.WIDTH][i % RandomEncoder.WIDTH], within(2e-5));
        }
      }
    }
  }

  @Test
  void poolsByMeanOrFirstToken() {
    int[] sentence = {1, 5, 9, 2};
    try (Encoder mean = Encoder.load(RandomEncoder.write(folder, 1));
        Encoder first = Encoder.load(RandomEncoder.write(folder, 2))) {
      float[] tokens = mean.tokenVectors(sentence);

      float[] meanVector = mean.embed(List.of(sentence))[0];
      float[] firstVector = first.embed(List.of(sentence))[0];

      int width = RandomEncoder.WIDTH;
      for (int i = 0; i < width; i++) {
        float sum = tokens[i] + tokens[width + i] + tokens[2 * width + i] + tokens[3 * width + i];
        assertThat(meanVector[i]).isEqualTo(sum / 4);
        assertThat(firstVector[i]).isEqualTo(tokens[i]);
      }
    }
  }

  @Test
  void givesTheSameBytesInABatchAndAlone() {
    List<int[]> sentences = sentences(90, 4);
    try (Encoder encoder = Encoder.load(RandomEncoder.write(folder, 1))) {
      float[][] together = encoder.embed(sentences);

      for (int i = 0; i < sentences.size(); i++) {
        assertThat(encoder.embed(List.of(sentences.get(i)))[0]).isEqualTo(together[i]);
      }
    }
  }

  @Test
  void givesTheSameBytesWithAnyThreadsAndKernels() {
    List<int[]> sentences = sentences(40, 5);
    Path file = RandomEncoder.write(folder, 1);
    try (Encoder one = Encoder.of(GgufFile.open(file), 1);
        Encoder three = Encoder.of(GgufFile.open(file), 3);
        Encoder scalar = Encoder.of(GgufFile.open(file), 2, DenseChoice.scalar())) {
      float[][] expected = one.embed(sentences);

      assertThat(three.embed(sentences)).isDeepEqualTo(expected);
      assertThat(scalar.embed(sentences)).isDeepEqualTo(expected);
    }
  }

  @Test
  void servesSeveralThreadsAtOnce() {
    List<int[]> sentences = sentences(20, 6);
    try (Encoder encoder = Encoder.load(RandomEncoder.write(folder, 2))) {
      float[][] expected = encoder.embed(sentences);

      List<float[][]> found =
          sentences.parallelStream().map(sentence -> encoder.embed(List.of(sentence))).toList();

      for (int i = 0; i < expected.length; i++) {
        assertThat(found.get(i)[0]).isEqualTo(expected[i]);
      }
    }
  }

  @Test
  void guessesMaskedWords() {
    int[] sentence = {1, 7, 4, 30, 2};
    Path file = RandomEncoder.write(folder, 1);
    try (Encoder encoder = Encoder.load(file);
        GgufFile weights = GgufFile.open(file)) {
      double[] expected = new PlainEncoder(weights).maskedLogits(sentence, 2);

      float[] found = encoder.maskedLogits(sentence, 2);

      for (int i = 0; i < expected.length; i++) {
        assertThat((double) found[i]).isCloseTo(expected[i], within(2e-5));
      }
    }
  }

  @Test
  void embedsNothingAsNothing() {
    try (Encoder encoder = Encoder.load(RandomEncoder.write(folder, 1))) {
      assertThat(encoder.embed(List.of())).isEmpty();
    }
  }

  @Test
  void refusesSentencesThatAreEmptyOrTooLongOrOfUnknownTokens() {
    try (Encoder encoder = Encoder.load(RandomEncoder.write(folder, 1))) {
      assertThatThrownBy(() -> encoder.embed(List.of(new int[] {1}, new int[0])))
          .hasMessage("sentence 1: expected 1 to 50 tokens, found 0");
      assertThatThrownBy(() -> encoder.embed(List.of(new int[51])))
          .hasMessage("sentence 0: expected 1 to 50 tokens, found 51");
      assertThatThrownBy(() -> encoder.embed(List.of(new int[] {37})))
          .hasMessage("sentence 0: expected token ids from 0 to 36, found 37");
    }
  }

  @Test
  void refusesFilesThatDoNotFit() {
    refuses(
        RandomEncoder.writer(1).uint32("bert.attention.head_count", 4),
        "key 'bert.attention.head_count': expected a divisor of the width 42, found 4");
    refuses(
        RandomEncoder.writer(1).uint32("bert.block_count", 4_000_000_000L),
        "key 'bert.block_count': expected 1 to 1048576, found 4000000000");
    refuses(
        RandomEncoder.writer(1).uint32("bert.block_count", 3),
        "blk.2.attn_q.weight: expected a tensor of shape [42, 42], found none");
    refuses(
        RandomEncoder.writer(4),
        "key 'bert.pooling_type': expected 0 (none), 1 (mean) or 2 (first token), found 4");
    refuses(
        RandomEncoder.writer(1).tensor("blk.1.ffn_up.bias", TensorType.F32, new float[3], 3),
        "blk.1.ffn_up.bias: expected [75], found [3]");
    refuses(
        RandomEncoder.writer(1).string("general.architecture", "llama"),
        "key 'general.architecture': expected 'bert', found 'llama'; is it an encoder?");
  }

  private void refuses(GgufWriter writer, String message) {
    Path file = folder.resolve("refused.gguf");
    writer.write(file);
    assertThatThrownBy(() -> Encoder.load(file))
        .isInstanceOf(GgufException.class)
        .hasMessageContaining(message);
  }

  private static List<int[]> sentences(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<int[]> sentences = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int length = 1 + random.nextInt(i % 5 == 0 ? RandomEncoder.CONTEXT : 12);
      sentences.add(random.ints(length, 0, RandomEncoder.VOCABULARY).toArray());
    }
    return sentences;
  }
}
