package dev.zhixing.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.zhixing.engine.tensor.TensorType;
import dev.zhixing.engine.transformer.CacheType;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForkTest {
  @TempDir private Path folder;
  private Model model;

  @BeforeEach
  void open() {
    model = Model.load(RandomModel.small(folder), 1);
  }

  @AfterEach
  void close() {
    model.close();
  }

  @Test
  void sharesPagesAndCopiesOnlyThePartialOneThatIsWritten() {
    try (Session session = model.newSession()) {
      session.append(new int[150]);
      assertThat(model.pages().pages()).isEqualTo(3);

      try (Session fork = session.fork()) {
        assertThat(model.pages().pages()).as("nothing copied").isEqualTo(3);
        fork.append(1);
        assertThat(model.pages().pages()).as("the last page copied").isEqualTo(4);
        session.append(2);
        assertThat(model.pages().pages()).as("nobody shares it any more").isEqualTo(4);
      }

      assertThat(model.pages().pages()).isEqualTo(3);
      assertThat(session.length()).isEqualTo(151);
    }
    assertThat(model.pages().pages()).isZero();
  }

  @Test
  void copiesNothingAtTheEdgeOfAPage() {
    try (Session session = model.newSession()) {
      session.append(new int[128]);

      try (Session fork = session.fork()) {
        fork.append(1);
        session.append(2);

        assertThat(model.pages().pages()).isEqualTo(4);
      }
    }
  }

  @Test
  void goesOnAfterItsOriginIsClosed() {
    int[] ids = new SplittableRandom(1).ints(100, 0, 300).toArray();
    Session session = model.newSession();
    session.append(ids);
    Session fork = session.fork();
    session.close();

    float[] found = fork.append(5).clone();

    try (Session fresh = model.newSession()) {
      fresh.append(ids);
      assertThat(found).containsExactly(fresh.append(5));
    }
    fork.close();
    assertThatThrownBy(session::fork).isInstanceOf(IllegalStateException.class);
    assertThat(model.pages().pages()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"F32,0.01", "Q8_0,0.1"})
  void otherTypesComeCloseToHalfPrecision(CacheType type, float most) {
    int[] ids = new SplittableRandom(2).ints(150, 0, 101).toArray();
    try (Model floats = Model.load(RandomModel.odd(folder, TensorType.F32), 1);
        Session half = floats.newSession();
        Session session = floats.newSession(SessionOptions.of(type))) {
      float[] expected = half.append(ids);
      float[] found = session.append(ids);

      assertThat(session.cacheType()).isEqualTo(type);
      for (int i = 0; i < expected.length; i++) {
        assertThat(found[i]).isCloseTo(expected[i], within(most));
      }
      assertThat(found).isNotEqualTo(expected);
    }
  }

  @Test
  void eightBitsTakeHalfTheMemory() {
    long half = bytes(SessionOptions.standard());
    long single = bytes(SessionOptions.of(CacheType.F32));
    long eight = bytes(SessionOptions.of(CacheType.Q8_0));

    assertThat(single).isEqualTo(2 * half);
    assertThat(eight).isBetween(half / 2, half * 6 / 10);
  }

  private long bytes(SessionOptions options) {
    try (Session session = model.newSession(options)) {
      session.append(1);
      return model.pages().bytes();
    }
  }

  @Test
  void aShorterContextIsKept() {
    try (Session session = model.newSession(new SessionOptions(CacheType.F16, 10))) {
      session.append(new int[10]);

      assertThat(session.contextLength()).isEqualTo(10);
      assertThatThrownBy(() -> session.append(1)).isInstanceOf(ContextFullException.class);
    }
    assertThatThrownBy(() -> model.newSession(new SessionOptions(CacheType.F16, 401)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("contextLength: expected at most the model's 400, found 401");
  }
}
