package dev.zhixing.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhixing.engine.tensor.TensorType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Logits are the same bits, however a text is split, cached, shared among threads or compiled. */
class SameBitsTest {
  private static final int LENGTH = 150; // three pages of the cache, the last one not full

  @TempDir private Path folder;

  private Path model(TensorType type) {
    if (type == TensorType.Q8_0) {
      return RandomModel.small(folder);
    }
    return type.blockSize() == 1 ? RandomModel.odd(folder, type) : RandomModel.blocks(folder, type);
  }

  @ParameterizedTest
  @EnumSource(TensorType.class)
  void chunkedEqualsWhole(TensorType type) {
    try (Model model = Model.load(model(type));
        Session whole = model.newSession();
        Session single = model.newSession();
        Session mixed = model.newSession()) {
      int[] ids = ids(model, LENGTH);
      float[][] expected = allLogits(whole, ids);

      float[][] oneByOne = new float[LENGTH][];
      for (int i = 0; i < LENGTH; i++) {
        oneByOne[i] = single.append(ids[i]).clone();
      }

      assertThat(oneByOne).isDeepEqualTo(expected);
      SplittableRandom random = new SplittableRandom(7);
      for (int round = 0; round < 10; round++) {
        mixed.truncate(0);
        for (int from = 0; from < LENGTH; ) {
          int to = Math.min(LENGTH, from + 1 + random.nextInt(40));
          float[] logits = mixed.append(Arrays.copyOfRange(ids, from, to));
          assertThat(logits).containsExactly(expected[to - 1]);
          from = to;
        }
      }
    }
  }

  @Test
  void compiledEqualsCold() {
    try (Model model = Model.load(model(TensorType.Q8_0));
        Session session = model.newSession()) {
      int[] ids = ids(model, LENGTH);
      float[][] cold = allLogits(session, ids);

      for (int round = 0; round < 200; round++) {
        session.truncate(0);
        float[][] later = allLogits(session, ids);
        if (round % 20 == 19) {
          assertThat(later).as("round " + round).isDeepEqualTo(cold);
        }
      }
    }
  }

  @Test
  void appendingAgainAfterTruncatingGivesTheSameBits() {
    try (Model model = Model.load(model(TensorType.Q8_0));
        Session session = model.newSession()) {
      int[] ids = ids(model, LENGTH);
      float[] expected = session.append(ids).clone();

      for (int keep : new int[] {0, 1, 63, 64, 65, 128, LENGTH - 1}) {
        session.truncate(keep);
        session.append(17, 18, 19);
        session.truncate(keep);
        float[] again = session.append(Arrays.copyOfRange(ids, keep, LENGTH));

        assertThat(again).as("kept " + keep).containsExactly(expected);
        assertThat(session.tokens()).containsExactly(ids);
      }
    }
  }

  @Test
  void threadsDoNotMatter() {
    Path path = model(TensorType.Q8_0);
    try (Model one = Model.load(path, 1);
        Model three = Model.load(path, 3);
        Session alone = one.newSession();
        Session shared = three.newSession()) {
      int[] ids = ids(one, LENGTH);

      assertThat(allLogits(shared, ids)).isDeepEqualTo(allLogits(alone, ids));
    }
  }

  @Test
  void twoSessionsShareAModelOnTwoThreads() throws Exception {
    try (Model model = Model.load(model(TensorType.Q8_0));
        Session session = model.newSession();
        ExecutorService threads = Executors.newFixedThreadPool(2)) {
      int[] ids = ids(model, LENGTH);
      float[][] expected = allLogits(session, ids);
      Callable<float[][]> run =
          () -> {
            try (Session own = model.newSession()) {
              return allLogits(own, ids);
            }
          };

      for (int round = 0; round < 10; round++) {
        Future<float[][]> first = threads.submit(run);
        Future<float[][]> second = threads.submit(run);

        assertThat(first.get()).isDeepEqualTo(expected);
        assertThat(second.get()).isDeepEqualTo(expected);
      }
    }
  }

  private static int[] ids(Model model, int count) {
    return new SplittableRandom(5).ints(count, 0, model.config().vocabularySize()).toArray();
  }

  private static float[][] allLogits(Session session, int[] ids) {
    float[][] all = new float[ids.length][];
    session.append(ids, (position, logits) -> all[position] = logits.clone());
    return all;
  }
}
