package dev.zhixing.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhixing.training.layer.ModelShape;
import dev.zhixing.training.layer.PackedRow;
import dev.zhixing.training.optimizer.AdamW;
import dev.zhixing.training.optimizer.Schedule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PackerTest {
  private static final TrainingConfig CONFIG =
      new TrainingConfig(
          new ModelShape(32, 1, 1, 1, 32, 100_000, 10_000, 50),
          400,
          100,
          new Schedule(10, 0, 0, Schedule.Decay.LINEAR, 1, 1),
          AdamW.Settings.usual(),
          1,
          Duration.ofHours(1),
          Path.of("unused"),
          1);

  /** Each document repeats its own index, so that it can be recognised in a row. */
  private static TokenDocument document(long index) {
    int length = 1 + new SplittableRandom(index).nextInt(50);
    return TokenDocument.of(IntStream.generate(() -> (int) index).limit(length).toArray());
  }

  @Test
  void everyDocumentComesOnceAndWhole() {
    Packer packer = new Packer(PackerTest::document, CONFIG, DataPosition.START);
    List<Integer> seen = new ArrayList<>();
    for (int batch = 0; batch < 20; batch++) {
      for (PackedRow row : packer.next().rows()) {
        for (int d = 0; d < row.documents(); d++) {
          int id = row.ids()[row.start(d)];
          assertThat(row.start(d + 1) - row.start(d)).isEqualTo(document(id).ids().length);
          seen.add(id);
        }
      }
    }
    assertThat(seen).doesNotHaveDuplicates();
    assertThat(seen).containsAll(IntStream.range(0, seen.size() - 24).boxed().toList());
  }

  @Test
  void rowsAreNearlyFull() {
    Packer packer = new Packer(PackerTest::document, CONFIG, DataPosition.START);
    long tokens = 0;
    for (int batch = 0; batch < 20; batch++) {
      tokens += packer.next().tokens();
    }
    assertThat(tokens).isGreaterThan(20 * 400 * 97 / 100);
  }

  @Test
  void goesOnFromAPositionAsIfItHadNotStopped() {
    Packer whole = new Packer(PackerTest::document, CONFIG, DataPosition.START);
    whole.next();
    DataPosition position = whole.next().after();
    Packer rest = new Packer(PackerTest::document, CONFIG, position);
    for (int batch = 0; batch < 5; batch++) {
      assertThat(ids(rest.next())).isEqualTo(ids(whole.next()));
    }
  }

  @Test
  void cutsDocumentsToTheContextLength() {
    Packer packer = new Packer(i -> TokenDocument.of(new int[70]), CONFIG, DataPosition.START);
    PackedRow row = packer.next().rows().get(0);
    assertThat(row.start(1)).isEqualTo(50);
  }

  private static List<List<Integer>> ids(PackedBatch batch) {
    return batch.rows().stream().map(r -> IntStream.of(r.ids()).boxed().toList()).toList();
  }
}
