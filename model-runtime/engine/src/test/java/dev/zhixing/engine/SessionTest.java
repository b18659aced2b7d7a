package dev.zhixing.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionTest {
  @TempDir private Path folder;
  private Model model;
  private Session session;

  @BeforeEach
  void open() {
    model = Model.load(RandomModel.small(folder), 1);
    session = model.newSession();
  }

  @AfterEach
  void close() {
    session.close();
    model.close();
  }

  @Test
  void keepsTheTranscript() {
    session.append(3, 1, 4);
    session.appendWithoutLogits(1, 5);

    assertThat(session.tokens()).containsExactly(3, 1, 4, 1, 5);
    assertThat(session.length()).isEqualTo(5);
    assertThat(session.contextLength()).isEqualTo(400);
  }

  @Test
  void handsOverEachPositionOnce() {
    session.append(9);
    StringBuilder seen = new StringBuilder();

    session.append(new int[] {8, 7, 6}, (position, logits) -> seen.append(position).append(' '));

    assertThat(seen).hasToString("1 2 3 ");
  }

  @Test
  void refusesMoreThanTheContext() {
    session.append(new int[399]);

    assertThatThrownBy(() -> session.append(1, 2))
        .isInstanceOf(ContextFullException.class)
        .hasMessageContaining("at most 400 tokens, found 399 and 2 more");

    assertThat(session.length()).isEqualTo(399);
    session.append(1);
    assertThat(session.length()).isEqualTo(400);
  }

  @Test
  void refusesIdsOutsideTheVocabulary() {
    assertThatThrownBy(() -> session.append(1, 300))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("token id: expected 0 to 299, found 300");
    assertThatThrownBy(() -> session.append(-1)).isInstanceOf(IllegalArgumentException.class);

    assertThat(session.length()).isZero();
  }

  @Test
  void refusesToReturnLogitsOfNothing() {
    assertThatThrownBy(session::append).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesToTruncateToMoreThanThereIs() {
    session.append(1, 2);

    assertThatThrownBy(() -> session.truncate(3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("truncate: expected 0 to 2 tokens, found 3");
    assertThatThrownBy(() -> session.truncate(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesWorkAfterClosing() {
    session.close();

    assertThatThrownBy(() -> session.append(1)).isInstanceOf(IllegalStateException.class);
  }
}
