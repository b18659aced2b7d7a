package dev.zhixing.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
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

  @Test
  void goesOnFromSavedTokensWithTheSameBits() {
    int[] start = IntStream.range(0, 150).map(i -> i * 7 % 50).toArray();
    Path file = folder.resolve("saved");
    session.append(start);
    session.append(1, 2, 3);
    session.save(start.length, file);
    session.truncate(start.length);
    float[] expected = session.append(9, 8).clone();

    try (Session other = model.newSession()) {
      assertThat(other.restore(file, start)).isTrue();
      assertThat(other.tokens()).isEqualTo(start);
      assertThat(other.append(9, 8)).isEqualTo(expected);
    }
  }

  @Test
  void savesNothingOfWhatComesBehind() throws IOException {
    int[] start = {3, 1, 4, 1, 5};
    Path alone = folder.resolve("alone");
    Path followed = folder.resolve("followed");
    session.append(start);
    session.save(start.length, alone);
    session.append(2, 7, 1, 8);
    session.save(start.length, followed);

    assertThat(followed).hasSameBinaryContentAs(alone);
  }

  @Test
  void restoresNoOtherTokensNorFromADamagedFile() throws IOException {
    int[] start = {3, 1, 4, 1, 5};
    Path file = folder.resolve("saved");
    session.append(start);
    session.save(start.length, file);

    try (Session other = model.newSession()) {
      assertThat(other.restore(folder.resolve("missing"), start)).isFalse();
      assertThat(other.restore(file, 3, 1, 4, 1, 6)).isFalse();
      assertThat(other.restore(file, 3, 1, 4, 1)).isFalse();
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 1;
      Files.write(file, bytes);
      assertThat(other.restore(file, start)).isFalse();
      Files.write(file, Arrays.copyOf(bytes, 20));
      assertThat(other.restore(file, start)).isFalse();
      assertThat(other.length()).isZero();
    }
  }

  @Test
  void restoresNothingOfAnotherModel() throws IOException {
    int[] start = {3, 1, 4, 1, 5};
    Path file = folder.resolve("saved");
    session.append(start);
    session.save(start.length, file);

    byte[] weights = Files.readAllBytes(RandomModel.small(folder));
    weights[weights.length - 1] ^= 1;
    Path changed = Files.write(folder.resolve("changed.gguf"), weights);
    try (Model another = Model.load(changed, 1);
        Session other = another.newSession()) {
      assertThat(other.restore(file, start)).isFalse();
    }
  }

  @Test
  void refusesToRestoreBehindOtherTokens() {
    session.append(3);

    assertThatThrownBy(() -> session.restore(folder.resolve("saved"), 3, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("expected an empty session");
  }
}
