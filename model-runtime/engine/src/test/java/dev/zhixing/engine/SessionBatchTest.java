package dev.zhixing.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhixing.engine.SessionBatch.Part;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionBatchTest {
  @TempDir private Path folder;
  private Model model;
  private Session first;
  private Session second;

  @BeforeEach
  void open() {
    model = Model.load(RandomModel.small(folder), 1);
    first = model.newSession();
    second = model.newSession();
  }

  @AfterEach
  void close() {
    first.close();
    second.close();
    model.close();
  }

  @Test
  void handsOverWhatIsWantedInOrder() {
    StringBuilder heard = new StringBuilder();
    first.append(1, 2);

    model
        .newBatch()
        .append(
            List.of(
                new Part(first, new int[] {3, 4, 5}, new int[] {0, 2}), Part.last(second, 6, 7)),
            (part, position, logits) ->
                heard.append(part).append('@').append(position).append(' '));

    assertThat(heard).hasToString("0@2 0@4 1@1 ");
    assertThat(first.tokens()).containsExactly(1, 2, 3, 4, 5);
    assertThat(second.tokens()).containsExactly(6, 7);
  }

  @Test
  void takesMoreThanAPassHolds() {
    int[] heard = new int[2];

    model
        .newBatch()
        .append(
            List.of(Part.all(first, new int[350]), Part.all(second, new int[300])),
            (part, position, logits) -> assertThat(heard[part]++).isEqualTo(position));

    assertThat(heard).containsExactly(350, 300);
    assertThat(first.computed()).isEqualTo(350);
  }

  @Test
  void appendsNothingIfTheTokensOfOneDoNotFit() {
    assertThatThrownBy(
            () ->
                model
                    .newBatch()
                    .append(
                        List.of(Part.last(first, 1), Part.last(second, new int[401])),
                        (part, position, logits) -> {}))
        .isInstanceOf(ContextFullException.class);

    assertThat(first.length()).isZero();
  }

  @Test
  void refusesASessionTwiceAndIdsOutsideTheVocabulary() {
    SessionBatch batch = model.newBatch();

    assertThatThrownBy(
            () -> batch.append(List.of(Part.last(first, 1), Part.last(first, 2)), (p, at, l) -> {}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> batch.append(List.of(Part.last(first, 300)), (p, at, l) -> {}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> batch.append(List.of(Part.last(first)), (p, at, l) -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
