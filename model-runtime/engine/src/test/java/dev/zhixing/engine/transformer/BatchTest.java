package dev.zhixing.engine.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhixing.engine.RandomModel;
import dev.zhixing.engine.family.Families;
import dev.zhixing.engine.gguf.GgufFile;
import dev.zhixing.engine.kernel.KernelChoice;
import dev.zhixing.engine.kernel.Team;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several sequences in one pass give the bits that each gives alone. */
class BatchTest {
  private static final int LENGTH = 140; // three pages of the cache, the last one not full

  private final Team team = new Team(2);
  private GgufFile file;
  private Transformer transformer;
  private int vocabulary;

  @BeforeEach
  void open(@TempDir Path folder) {
    file = GgufFile.open(RandomModel.small(folder));
    transformer = Families.read(file, KernelChoice.best(), team);
    vocabulary = transformer.config().vocabularySize();
  }

  @AfterEach
  void close() {
    team.close();
    file.close();
  }

  @Test
  void sequencesInOnePassEqualEachAlone() {
    int sequences = 5;
    Workspace work = new Workspace(transformer.config());
    SplittableRandom random = new SplittableRandom(9);
    int[][] ids = new int[sequences][];
    float[][][] expected = new float[sequences][][];
    KeyValueCache[] caches = new KeyValueCache[sequences];
    int[] lengths = new int[sequences];
    for (int s = 0; s < sequences; s++) {
      ids[s] = random.ints(LENGTH, 0, vocabulary).toArray();
      expected[s] = alone(ids[s]);
      caches[s] = new KeyValueCache(transformer.config());
    }

    while (Arrays.stream(lengths).anyMatch(length -> length < LENGTH)) {
      List<Span> spans = new ArrayList<>();
      List<float[]> rows = new ArrayList<>();
      for (int s = 0; s < sequences; s++) {
        int count = Math.min(LENGTH - lengths[s], random.nextInt(40));
        if (count > 0) {
          spans.add(new Span(caches[s], lengths[s], ids[s], lengths[s], count));
          rows.addAll(Arrays.asList(expected[s]).subList(lengths[s], lengths[s] + count));
          lengths[s] += count;
        }
      }
      transformer.forward(spans, work);

      assertThat(logits(rows.size(), work)).isDeepEqualTo(rows.toArray(float[][]::new));
    }
  }

  @Test
  void severalLogitsAtOnceEqualOneByOne() {
    Workspace work = new Workspace(transformer.config());
    int[] ids = new SplittableRandom(3).ints(30, 0, vocabulary).toArray();
    KeyValueCache cache = new KeyValueCache(transformer.config());
    transformer.forward(List.of(new Span(cache, 0, ids, 0, 30)), work);
    float[][] expected = logits(30, work);

    for (int[] rows : new int[][] {{29}, {3, 0}, IntStream.range(2, 25).toArray()}) {
      float[] all = new float[rows.length * vocabulary];
      transformer.logits(rows, all, work);

      for (int i = 0; i < rows.length; i++) {
        assertThat(Arrays.copyOfRange(all, i * vocabulary, (i + 1) * vocabulary))
            .containsExactly(expected[rows[i]]);
      }
    }
  }

  @Test
  void refusesMoreRowsThanTheWorkspaceHolds() {
    Workspace work = new Workspace(transformer.config());
    int[] ids = new int[work.capacity() + 1];
    Span span = new Span(new KeyValueCache(transformer.config()), 0, ids, 0, ids.length);

    assertThatThrownBy(() -> transformer.forward(List.of(span), work))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected 1 to 256 more tokens, found 257");
  }

  private float[][] alone(int[] ids) {
    Workspace work = new Workspace(transformer.config());
    transformer.forward(
        List.of(new Span(new KeyValueCache(transformer.config()), 0, ids, 0, ids.length)), work);
    return logits(ids.length, work);
  }

  private float[][] logits(int count, Workspace work) {
    float[][] rows = new float[count][vocabulary];
    for (int row = 0; row < count; row++) {
      transformer.logits(row, rows[row], work);
    }
    return rows;
  }
}
