package dev.zhixing.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbedCommandTest {

  @TempDir static Path folder; // of all tests: the encoder's file is made once

  @Test
  void writesAVectorForEachLine() throws IOException {
    CommandLineRun run = new CommandLineRun(folder).typing("Hello\n\nWorld\n");

    assertThat(run.run("embed")).isZero();

    List<String> lines = run.out().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1)).isEqualTo("null");
    JsonNode vector = new JsonMapper().readTree(lines.get(0));
    assertThat(vector.size()).isEqualTo(384);
    double squares = 0;
    for (JsonNode number : vector) {
      squares += number.asDouble() * number.asDouble();
    }
    assertThat(squares).isCloseTo(1, within(1e-5));
  }

  @Test
  void comparesChineseLines() {
    CommandLineRun run = new CommandLineRun(folder).typing("怎么退款？\n如何把钱退回来？\n今天天气很好。");

    assertThat(run.run("embed", "--lang", "zh", "--compare")).isZero();

    double[] cosines =
        run.out().lines().mapToDouble(line -> Double.parseDouble(line.substring(0, 6))).toArray();
    assertThat(run.out().lines()).hasSize(3).last().asString().endsWith(" 2 3");
    assertThat(cosines[0]).isGreaterThan(Arrays.stream(cosines, 1, 3).max().orElseThrow());
  }

  @Test
  void refusesBothAModelAndALanguage() {
    CommandLineRun run = new CommandLineRun(folder);

    assertThat(run.run("embed", "--lang", "zh", "-m", "x.gguf")).isEqualTo(ExitStatus.USAGE);
  }

  @Test
  void saysWhichFileIsMissing() {
    CommandLineRun run = new CommandLineRun(folder);

    assertThat(run.run("embed", "-m", "missing.gguf")).isEqualTo(ExitStatus.FAILED);
    assertThat(run.err()).contains("missing.gguf: expected a readable file");
  }
}
