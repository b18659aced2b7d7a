package dev.zhixing.training.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.zhixing.engine.Model;
import dev.zhixing.engine.Session;
import dev.zhixing.engine.tensor.TensorType;
import dev.zhixing.engine.tokenizer.BytePairVocabulary;
import dev.zhixing.training.TokenDocument;
import dev.zhixing.training.Trainer;
import dev.zhixing.training.TrainingConfig;
import dev.zhixing.training.layer.ModelShape;
import dev.zhixing.training.layer.PackedRow;
import dev.zhixing.training.layer.PackedWeights;
import dev.zhixing.training.layer.Transformer;
import dev.zhixing.training.layer.Weights;
import dev.zhixing.training.optimizer.AdamW;
import dev.zhixing.training.optimizer.Schedule;
import dev.zhixing.training.tokenizer.BytePairSettings;
import dev.zhixing.training.tokenizer.BytePairTrainer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GgufExportTest {
  private static final int[] IDS = new SplittableRandom(5).ints(50, 0, 265).toArray();

  private final BytePairVocabulary vocabulary =
      BytePairTrainer.train(BytePairSettings.zhixing(400), List.of("one two two", "two one"));

  @TempDir Path folder;
  private Weights weights;

  @BeforeEach
  void train() {
    ModelShape shape = new ModelShape(64, 2, 2, 1, 96, vocabulary.tokens().size(), 10_000, 64);
    TrainingConfig config =
        new TrainingConfig(
            shape,
            128,
            64,
            new Schedule(30, 5, 20, Schedule.Decay.COSINE, 5e-3, 0.1),
            AdamW.Settings.usual(),
            1,
            Duration.ofHours(1),
            folder,
            2);
    try (Trainer trainer = Trainer.startOrResume(config, index -> TokenDocument.of(IDS))) {
      trainer.run(p -> {});
    }
    weights = Trainer.savedWeights(folder);
  }

  @Test
  void theRuntimesLogitsAreTheTrainersInFullPrecision() {
    float[][] expected = trainerLogits();
    float[][] found = runtimeLogits(TensorType.F32);
    for (int t = 0; t < IDS.length; t++) {
      for (int v = 0; v < expected[t].length; v++) {
        // the runtime's cache holds keys and values in half precision
        assertThat(found[t][v]).isCloseTo(expected[t][v], within(0.01f));
      }
    }
    assertThat(relativeError(expected, found)).isLessThan(1e-3);
  }

  @Test
  void halfPrecisionAndEightBitsStayWithinTheirRounding() {
    float[][] expected = trainerLogits();
    assertThat(relativeError(expected, runtimeLogits(TensorType.F16))).isLessThan(2e-3);
    assertThat(relativeError(expected, runtimeLogits(TensorType.Q8_0))).isLessThan(0.03);
  }

  @Test
  void refusesAVocabularyOfAnotherSize() {
    Weights other = Weights.random(new ModelShape(64, 1, 2, 1, 96, 99, 10_000, 64), 1);
    assertThatThrownBy(
            () ->
                GgufExport.write(
                    folder.resolve("x.gguf"), other, vocabulary, Map.of(), TensorType.F32))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("99");
  }

  private float[][] trainerLogits() {
    PackedRow row = new PackedRow(64);
    row.add(IDS, new float[IDS.length], IDS.length);
    PackedWeights packed = new PackedWeights(weights.layout());
    packed.packAll(weights.values());
    return new Transformer(weights, packed, 64).logits(row);
  }

  private float[][] runtimeLogits(TensorType type) {
    Path file = folder.resolve(type + ".gguf");
    GgufExport.write(file, weights, vocabulary, Map.of("general.name", "test"), type);
    float[][] logits = new float[IDS.length][];
    try (Model model = Model.load(file);
        Session session = model.newSession()) {
      session.append(IDS, (position, values) -> logits[position] = values.clone());
    }
    return logits;
  }

  private static double relativeError(float[][] expected, float[][] found) {
    double errors = 0;
    double squares = 0;
    for (int t = 0; t < expected.length; t++) {
      for (int v = 0; v < expected[t].length; v++) {
        errors += Math.pow(expected[t][v] - found[t][v], 2);
        squares += Math.pow(expected[t][v], 2);
      }
    }
    return Math.sqrt(errors / squares);
  }
}
