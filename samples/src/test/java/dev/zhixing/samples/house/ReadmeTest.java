package dev.zhixing.samples.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhixing.models.EmbeddedModel;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeTest {

  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern COMMANDS =
      Pattern.compile("```\n(\\./zhixing.*?)```", Pattern.DOTALL);

  private static final String IMPORTS =
      """
      import dev.zhixing.agent.*;
      import dev.zhixing.chat.*;
      import dev.zhixing.engine.*;
      import dev.zhixing.models.*;
      import dev.zhixing.planner.react.*;
      import dev.zhixing.tool.*;
      import java.nio.file.Path;
      import java.time.Clock;
      """;

  @TempDir Path folder;

  @Test
  void theExampleCompilesAndTurnsOnTheLight() throws Exception {
    Assumptions.assumeTrue(hasModel(), "the embedded model is not in this build");
    Path state = folder.resolve("state");
    String body = example("README.md").replace("\"zhixing-state\"", "\"" + state + "\"");

    run(IMPORTS + "public class Example { public static void main(String[] a) { " + body + " } }");

    assertThat(Files.readString(state.resolve("home.json"))).contains("kitchen");
  }

  @Test
  void theExampleIsAboutEightLines() {
    assertThat(example("README.md").lines().filter(line -> !line.equals("}")))
        .hasSizeLessThanOrEqualTo(8);
  }

  @Test
  void bothReadmesShowTheSameExampleAndCommands() {
    assertThat(example("README.zh.md")).isEqualTo(example("README.md"));
    assertThat(commands("README.zh.md")).isEqualTo(commands("README.md"));
  }

  private static boolean hasModel() {
    try {
      return !EmbeddedModel.tiny().sha256().isEmpty();
    } catch (IllegalStateException e) {
      return false;
    }
  }

  private static String example(String readme) {
    return first(JAVA, readme);
  }

  /** The two commands, without what is said beside them. */
  private static List<String> commands(String readme) {
    return first(COMMANDS, readme).lines().map(line -> line.replaceAll(" +#.*", "")).toList();
  }

  private static String first(Pattern pattern, String readme) {
    Matcher matcher = pattern.matcher(Checkout.read(Checkout.root().resolve(readme)));
    assertThat(matcher.find()).as(readme + ": expected " + pattern).isTrue();
    return matcher.group(1);
  }

  private void run(String source) throws IOException, ReflectiveOperationException {
    Path file = Files.writeString(folder.resolve("Example.java"), source);
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-d",
                folder.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                file.toString());
    assertThat(status).isZero();
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
      loader
          .loadClass("Example")
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[0]);
    }
  }
}
