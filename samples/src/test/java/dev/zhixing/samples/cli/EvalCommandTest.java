package dev.zhixing.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvalCommandTest {

  private static final String TASKS =
      """
      {"id":"a","lang":"en","suite":"calc","tools":["calculator"],"user":"1+2","expect":\
      {"calls":[{"tool":"calculator","arguments":{"expression":{"~value":3}}}],\
      "answer_contains":["3"]}}
      {"id":"b","lang":"zh","suite":"chat","tools":["calculator"],"user":"你好","expect":{"calls":[]}}
      """;

  @TempDir Path folder;
  private Path suite = Path.of("");

  @BeforeEach
  void writeSuite() throws IOException {
    suite = Files.writeString(folder.resolve("suite.jsonl"), TASKS);
  }

  @Test
  void reportsAsATable() {
    CommandLineRun run = calculating();

    assertThat(run.run("eval", suite.toString())).isZero();
    assertThat(run.out()).contains("suite", "calc", "chat", "zh", "all").contains("100.0 %");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void reportsAsJsonAndWritesPredictions() throws IOException {
    CommandLineRun run = calculating();
    Path predictions = folder.resolve("predictions.jsonl");

    assertThat(run.run("eval", suite.toString(), "--json", "--out", predictions.toString()))
        .isZero();
    assertThat(json(run.out())).isEqualTo(1.0);
    assertThat(Files.readAllLines(predictions))
        .containsExactly(
            "{\"id\":\"a\",\"calls\":[{\"tool\":\"calculator\",\"arguments\":"
                + "{\"expression\":\"1+2\"}}],\"answer\":\"It is 3.\"}",
            "{\"id\":\"b\",\"calls\":[],\"answer\":\"你好！\"}");
  }

  @Test
  void runsOnlySomeTasks() {
    CommandLineRun bySuite = new CommandLineRun(folder, ScriptedChat.says("你好！"));
    CommandLineRun byNumber = new CommandLineRun(folder, ScriptedChat.says("no idea"));

    assertThat(bySuite.run("eval", suite.toString(), "--suite", "chat")).isZero();
    assertThat(bySuite.out()).doesNotContain("calc ");
    assertThat(byNumber.run("eval", suite.toString(), "--limit", "1")).isZero();
    assertThat(byNumber.out()).contains("calc ").doesNotContain("chat ");
  }

  @Test
  void tellsWhatFailedWhenAsked() {
    CommandLineRun run = new CommandLineRun(folder, ScriptedChat.says("I cannot say."));

    assertThat(run.run("eval", suite.toString(), "--limit", "1", "--verbose")).isZero();
    assertThat(run.err()).contains("a (tools, answer; Answered): 1+2", "I cannot say.");
  }

  @Test
  void failsWithoutTasks() {
    CommandLineRun run = calculating();

    assertThat(run.run("eval", suite.toString(), "--suite", "none")).isEqualTo(ExitStatus.FAILED);
    assertThat(run.err()).contains("at least one task");
  }

  private CommandLineRun calculating() {
    return new CommandLineRun(
        folder,
        ScriptedChat.calls("Use calculator.", "calculator", "{\"expression\":\"1+2\"}"),
        ScriptedChat.says("It is 3."),
        ScriptedChat.says("你好！"));
  }

  private static double json(String report) throws JsonProcessingException {
    return new JsonMapper().readTree(report).at("/overall/success").doubleValue();
  }
}
