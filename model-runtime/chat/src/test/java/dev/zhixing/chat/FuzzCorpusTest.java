package dev.zhixing.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What Jazzer has found worth keeping goes through the readers again, without Jazzer. */
class FuzzCorpusTest {
  private static final Duration MOST = Duration.ofSeconds(20); // a hang, on the slowest machine

  static Stream<Arguments> targets() {
    return Stream.of(
        target("TemplateFuzz", TemplateFuzz::isTaken), target("SchemaFuzz", SchemaFuzz::isTaken));
  }

  private static Arguments target(String name, Predicate<byte[]> isTaken) {
    return Arguments.of(name, isTaken);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("targets")
  void takesOrRefusesEveryInputOfTheCorpus(String target, Predicate<byte[]> isTaken)
      throws IOException {
    for (Path input : corpus(target)) {
      byte[] bytes = Files.readAllBytes(input);

      assertThatNoException()
          .as("%s of %s", input.getFileName(), target)
          .isThrownBy(() -> assertTimeoutPreemptively(MOST, () -> isTaken.test(bytes)));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("targets")
  void takesTheSoundInputsOfTheCorpus(String target, Predicate<byte[]> isTaken) throws IOException {
    List<Path> sound =
        corpus(target).stream()
            .filter(p -> p.getFileName().toString().startsWith("sound"))
            .toList();

    assertThat(sound).isNotEmpty();
    for (Path input : sound) {
      assertThat(isTaken.test(Files.readAllBytes(input))).as(input.toString()).isTrue();
    }
  }

  private static List<Path> corpus(String target) throws IOException {
    try {
      URI folder = Objects.requireNonNull(FuzzCorpusTest.class.getResource(target), target).toURI();
      try (Stream<Path> files = Files.list(Path.of(folder))) {
        return files.sorted().toList();
      }
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
