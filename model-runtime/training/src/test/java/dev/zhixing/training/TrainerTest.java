package dev.zhixing.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhixing.training.layer.ModelShape;
import dev.zhixing.training.optimizer.AdamW;
import dev.zhixing.training.optimizer.Schedule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
  private static final ModelShape SHAPE = new ModelShape(64, 2, 4, 2, 96, 40, 10_000, 64);

  @TempDir Path folder;

  @Test
  void memorisesAFewSequences() {
    DocumentSource few = index -> randomDocument(index % 4, 20);
    try (Trainer trainer = Trainer.startOrResume(config("memory", 120, 256), few)) {
      trainer.run(p -> {});
      List<TokenDocument> all = IntStream.range(0, 4).mapToObj(few::at).toList();
      assertThat(trainer.evaluate(all)).isLessThan(0.1);
    }
  }

  @Test
  void learnsToCopyWhatStandsEarlierInADocument() {
    DocumentSource copies = TrainerTest::copyDocument;
    try (Trainer trainer = Trainer.startOrResume(config("copy", 300, 512), copies)) {
      trainer.run(p -> {});
      List<TokenDocument> unseen =
          IntStream.range(0, 30).mapToObj(i -> copies.at(1_000_000L + i)).toList();
      double chance = Math.log(38);
      assertThat(trainer.evaluate(unseen)).isLessThan(chance / 2);
    }
  }

  @Test
  void aResumedRunHasTheLossesOfAnUninterruptedOne() {
    DocumentSource source = index -> randomDocument(index, 5 + (int) (index % 40));
    List<Double> whole = losses(config("whole", 12, 256), source, 12);
    List<Double> parts = losses(config("parts", 12, 256), source, 5);
    parts.addAll(losses(config("parts", 12, 256), source, 12));
    assertThat(parts).isEqualTo(whole);
  }

  @Test
  void aResumedRunWithMuonDoesToo() {
    DocumentSource source = index -> randomDocument(index, 5 + (int) (index % 40));
    AdamW.Settings muon = AdamW.Settings.usual().withMuon();
    List<Double> whole = losses(config("muon whole", 8, 256, SHAPE, muon), source, 8);
    List<Double> parts = losses(config("muon parts", 8, 256, SHAPE, muon), source, 3);
    parts.addAll(losses(config("muon parts", 8, 256, SHAPE, muon), source, 8));
    assertThat(parts).isEqualTo(whole);
  }

  @Test
  void equalSeedsGiveEqualLossesWhateverTheTiming() {
    DocumentSource source = index -> randomDocument(index, 30);
    DocumentSource slow =
        index -> {
          pause(index % 7 == 0 ? 5 : 0);
          return source.at(index);
        };
    assertThat(losses(config("slow", 6, 256), slow, 6))
        .isEqualTo(losses(config("quick", 6, 256), source, 6));
  }

  @Test
  void waitsWhileThePauseFileExists() throws Exception {
    TrainingConfig config = config("paused", 2, 128);
    Files.createDirectories(config.directory());
    Path pause = Files.createFile(config.directory().resolve("pause"));
    List<Progress> seen = new ArrayList<>();
    try (Trainer trainer = Trainer.startOrResume(config, index -> randomDocument(index, 20))) {
      Thread runner = Thread.ofPlatform().start(() -> trainer.run(seen::add));
      runner.join(Duration.ofMillis(700));
      assertThat(seen).isEmpty();
      Files.delete(pause);
      runner.join();
    }
    assertThat(seen).hasSize(2);
  }

  @Test
  void stopWritesACheckpointAndAnInterruptDoesToo() throws Exception {
    DocumentSource source = index -> randomDocument(index, 20);
    TrainingConfig config = config("stopped", 1_000_000, 128);
    try (Trainer trainer = Trainer.startOrResume(config, source)) {
      Thread runner = Thread.ofPlatform().start(() -> trainer.run(p -> {}));
      while (trainer.stepsTaken() < 2) {
        Thread.onSpinWait();
      }
      trainer.stop();
      runner.join();
    }
    int stopped;
    try (Trainer trainer = Trainer.startOrResume(config, source)) {
      stopped = trainer.stepsTaken();
      assertThat(stopped).isGreaterThanOrEqualTo(2);
      Thread runner =
          Thread.ofPlatform().start(() -> trainer.run(p -> Thread.currentThread().interrupt()));
      runner.join();
    }
    try (Trainer trainer = Trainer.startOrResume(config, source)) {
      assertThat(trainer.stepsTaken()).isEqualTo(stopped + 1);
    }
  }

  @Test
  void refusesACheckpointOfAnotherShape() {
    DocumentSource source = index -> randomDocument(index, 20);
    losses(config("shape", 1, 128), source, 1);
    ModelShape wider = new ModelShape(96, 2, 3, 1, 96, 40, 10_000, 64);
    TrainingConfig other = config("shape", 1, 128, wider);
    assertThatThrownBy(() -> Trainer.startOrResume(other, source))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("dim=96")
        .hasMessageContaining("dim=64");
  }

  @Test
  void namesADocumentThatHasAnUnknownToken() {
    DocumentSource bad = index -> TokenDocument.of(1, 2, index == 5 ? 40 : 3);
    try (Trainer trainer = Trainer.startOrResume(config("bad", 2, 128), bad)) {
      assertThatThrownBy(() -> trainer.run(p -> {}))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("document 5, token 2")
          .hasMessageContaining("found 40");
    }
  }

  @Test
  void writesOneLineOfProgressPerStep() throws Exception {
    TrainingConfig config = config("table", 3, 128);
    losses(config, index -> randomDocument(index, 20), 3);
    List<String> lines = Files.readAllLines(config.directory().resolve("progress.tsv"));
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).startsWith("step\tloss");
    assertThat(lines.get(3)).startsWith("3\t");
  }

  private static List<Double> losses(TrainingConfig config, DocumentSource source, int until) {
    List<Double> losses = new ArrayList<>();
    try (Trainer trainer = Trainer.startOrResume(config, source)) {
      trainer.run(
          p -> {
            losses.add(p.loss());
            if (p.step() == until) {
              trainer.stop();
            }
          });
    }
    return losses;
  }

  private TrainingConfig config(String name, int steps, int tokensPerStep) {
    return config(name, steps, tokensPerStep, SHAPE);
  }

  private TrainingConfig config(String name, int steps, int tokensPerStep, ModelShape shape) {
    return config(name, steps, tokensPerStep, shape, AdamW.Settings.usual());
  }

  private TrainingConfig config(
      String name, int steps, int tokensPerStep, ModelShape shape, AdamW.Settings optimizer) {
    return new TrainingConfig(
        shape,
        tokensPerStep,
        64,
        new Schedule(steps, Math.min(5, steps / 2), steps / 2, Schedule.Decay.LINEAR, 5e-3, 0.1),
        optimizer,
        42,
        Duration.ofHours(1),
        folder.resolve(name),
        2);
  }

  private static TokenDocument randomDocument(long index, int length) {
    return TokenDocument.of(new SplittableRandom(index).ints(length, 0, 40).toArray());
  }

  /** A start, some distinct letters, a middle, and the same letters again, which are learned. */
  private static TokenDocument copyDocument(long index) {
    SplittableRandom random = new SplittableRandom(index);
    int length = 6;
    int[] ids = new int[2 * length + 2];
    boolean[] learned = new boolean[ids.length];
    boolean[] used = new boolean[40];
    ids[length + 1] = 1;
    for (int i = 1; i <= length; i++) {
      int letter = 2 + random.nextInt(38);
      while (used[letter]) {
        letter = 2 + random.nextInt(38);
      }
      used[letter] = true;
      ids[i] = letter;
      ids[length + 1 + i] = letter;
      learned[length + 1 + i] = i > 1;
    }
    return TokenDocument.of(ids, learned);
  }

  private static void pause(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
