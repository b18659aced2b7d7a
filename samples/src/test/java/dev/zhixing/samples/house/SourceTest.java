package dev.zhixing.samples.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SourceTest {

  private static final int MOST_LINES = 400;

  /** Longer files, each with its reason. */
  private static final Map<String, String> LONGER = Map.of();

  @Test
  void everyFileIsFormatted() throws FormatterException {
    List<Path> wrong = new ArrayList<>();

    for (Path file : Checkout.javaFiles()) {
      if (!isFormatted(Checkout.read(file))) {
        wrong.add(Checkout.root().relativize(file));
      }
    }

    assertThat(wrong).as("run: mvn -Pformat spotless:apply").isEmpty();
  }

  @Test
  void findsTheSeededFileThatIsNotFormatted() throws FormatterException {
    assertThat(isFormatted("class Seeded {int  a;}")).isFalse();
  }

  @Test
  void filesAreShort() {
    assertThat(Checkout.javaFiles())
        .filteredOn(file -> Checkout.read(file).lines().count() > MOST_LINES)
        .extracting(file -> file.getFileName().toString())
        .isSubsetOf(LONGER.keySet());
  }

  @Test
  void everyPackageIsNullMarked() {
    List<Path> sources =
        Checkout.javaFiles().stream()
            .filter(file -> file.toString().contains("/src/main/"))
            .toList();

    assertThat(sources.stream().map(Path::getParent).distinct())
        .allSatisfy(
            folder ->
                assertThat(Checkout.read(folder.resolve("package-info.java")))
                    .contains("@NullMarked"));
  }

  private static boolean isFormatted(String source) throws FormatterException {
    return new Formatter().formatSource(source).equals(source);
  }
}
