package dev.zhixing.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a process of its own chooses, by the way Java was started. */
class KernelChoiceTest {
  /** Prints the name of the kernels. */
  static final class Choose {
    private Choose() {}

    public static void main(String[] args) {
      System.out.println("chosen: " + KernelChoice.best().name());
    }
  }

  @Test
  void isLoudlyScalarWithoutTheVectorModule() throws Exception {
    String output = run();

    assertThat(output)
        .contains("chosen: scalar")
        .contains("WARNING")
        .contains("--add-modules jdk.incubator.vector");
  }

  @Test
  void isLoudlyScalarWhenVectorCodeIsNotCompiled() throws Exception {
    String output = run("--add-modules", "jdk.incubator.vector", "-XX:TieredStopAtLevel=1");

    assertThat(output).contains("chosen: scalar").contains("has not compiled them");
  }

  @Test
  void takesTheVectorsWhereTheyAre() throws Exception {
    String output = run("--add-modules", "jdk.incubator.vector");

    assertThat(output)
        .contains("chosen: Vector API")
        .doesNotContain("zhixing.engine.kernel.Kernel");
  }

  private static String run(String... flags) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(flags));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Choose.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
