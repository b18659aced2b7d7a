package dev.zhixing.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvalCommandTest {

  private static final String TASKS =
      """
      {"id":"a","lang":"en","suite":"calc","tools":["calculator"],"user":"1+2","expect":\
      {"calls":[{"tool":"calculator","arguments":{"expression":{"~value":3}}}],\
      "answer_contains":["3"]}}
      {"id":"b","lang":"zh","suite":"chat","tools":["calculator"],"user":"你好","expect":{"calls":[]}}
      """;

  private static final String REMOTE = "--model=openai:http://localhost:1/v1#m";

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--model=a.gguf --model=a.gguf",
        "--model=old/a.gguf --model=new/a.gguf",
        "--model=a.gguf --planner=dag --planner=dag",
      })
  void refusesTwoSetupsOfOneName(String options) {
    CommandLineRun run = new CommandLineRun(folder);

    assertThat(run.run(("eval " + suite + " " + options).split(" ", -1)))
        .isEqualTo(ExitStatus.USAGE);

    assertThat(run.err())
        .contains("zhixing eval: --model, --planner: expected setups of different names")
        .containsPattern("found 'a.gguf, (?:react|dag)' twice; give each once");
  }

  @Test
  void tellsWhatFailedWhenAsked() {
    CommandLineRun run = new CommandLineRun(folder, ScriptedChat.says("I cannot say."));

    assertThat(run.run("eval", suite.toString(), "--limit", "1", "--verbose")).isZero();
    assertThat(run.err()).contains("a (tools, answer; Answered): 1+2", "I cannot say.");
  }

  @Test
  void tellsWhatATaskTook() {
    CommandLineRun run = calculating();

    assertThat(run.run("eval", suite.toString())).isZero();
    assertThat(run.out().lines().filter(l -> l.startsWith("calc")).toList().getLast().split(" +"))
        .startsWith("calc", "3.0", "0.0", "0.0", "-", "-", "-"); // this model counts no tokens
  }

  @Test
  void runsLocalModelsOnceUncountedWhereTimesWillBeCompared() throws IOException {
    Path report = folder.resolve("report.json");
    CommandLineRun run =
        new CommandLineRun(folder, ScriptedChat.says("uncounted"), ScriptedChat.says("counted"));
    Path predictions = folder.resolve("predictions.jsonl");

    run.run(
        "eval",
        suite.toString(),
        "--limit=1",
        "--report",
        report.toString(),
        "--out",
        predictions.toString());

    assertThat(Files.readString(predictions)).contains("\"counted\"").doesNotContain("uncounted");
  }

  @Test
  void comparesTwoReports() throws IOException {
    Path before = folder.resolve("before.json");
    Path after = folder.resolve("after.json");
    CommandLineRun failing =
        new CommandLineRun(folder, ScriptedChat.says("3"), ScriptedChat.says("你好"));
    CommandLineRun comparing = new CommandLineRun(folder);

    assertThat(failing.run("eval", suite.toString(), "--report", before.toString(), REMOTE))
        .isZero();
    assertThat(calculating().run("eval", suite.toString(), "--report", after.toString(), REMOTE))
        .isZero();
    assertThat(comparing.run("eval", "--compare", before.toString(), after.toString())).isZero();

    assertThat(comparing.out())
        .contains(
            "A  openai:http://localhost:1/v1#m, react",
            "2 tasks, suite ",
            "not significant, p = 1.0000")
        .contains("1 tasks succeed in B only:\n  a", "0 tasks succeed in A only");
    assertThat(Files.readString(after)).doesNotContain(folder.toString());
  }

  /** The third task names a tool that there is not, which ends the evaluation. */
  @Test
  void leavesAReportThatCanBeComparedWhereItIsInterrupted() throws IOException {
    String broken = TASKS.lines().findFirst().orElseThrow().replace("calculator", "no_such_tool");
    Files.writeString(suite, TASKS + broken + "\n");
    Path first = folder.resolve("first.json");
    Path second = folder.resolve("second.json");
    CommandLineRun comparing = new CommandLineRun(folder);

    for (Path report : List.of(first, second)) {
      assertThat(calculating().run("eval", suite.toString(), "--report", report.toString(), REMOTE))
          .isEqualTo(ExitStatus.FAILED);
    }

    JsonNode report = new JsonMapper().readTree(Files.readString(first));
    assertThat(report.path("complete").isBoolean()).isTrue();
    assertThat(report.path("complete").asBoolean()).isFalse();
    assertThat(report.at("/runs/0/tasks")).hasSize(2);
    assertThat(comparing.run("eval", "--compare", first.toString(), second.toString())).isZero();
    assertThat(comparing.out()).contains("incomplete: the first 2 of 3 tasks");
    assertThat(folder).isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void refusesToCompareReportsOfDifferentSuites() {
    Path whole = folder.resolve("whole.json");
    Path part = folder.resolve("part.json");
    CommandLineRun chatting = new CommandLineRun(folder, ScriptedChat.says("你好！"));
    CommandLineRun comparing = new CommandLineRun(folder);

    calculating().run("eval", suite.toString(), "--report", whole.toString(), REMOTE);
    chatting.run("eval", suite.toString(), "--suite", "chat", "--report", part.toString(), REMOTE);

    assertThat(comparing.run("eval", "--compare", whole.toString(), part.toString()))
        .isEqualTo(ExitStatus.FAILED);
    assertThat(comparing.err()).contains("different tasks", "such as a");
  }

  @Test
  void runsModelsSideBySideTaskByTask() {
    CommandLineRun run =
        new CommandLineRun(
            folder,
            ScriptedChat.says("It is 4."),
            ScriptedChat.calls("Use calculator.", "calculator", "{\"expression\":\"1+2\"}"),
            ScriptedChat.says("It is 3."),
            ScriptedChat.says("你好！"),
            ScriptedChat.says("你好！"));

    int status =
        run.run(
            "eval",
            suite.toString(),
            "--model=openai:http://localhost:1/v1#one",
            "--model=openai:http://localhost:1/v1#two");

    assertThat(status).isZero();
    assertThat(run.out())
        .contains("1   openai:http://localhost:1/v1#one, react", "2 against 1:")
        .containsSubsequence("50.0 %", "100.0 %", "success +50.0 %");
  }

  @Test
  void writesOneObjectForSeveralModels() throws JsonProcessingException {
    CommandLineRun run =
        new CommandLineRun(folder, ScriptedChat.says("no idea"), ScriptedChat.says("no idea"));
    String model = "--model=openai:http://localhost:1/v1#";

    run.run("eval", suite.toString(), "--limit=1", "--json", model + "one", model + "two");

    assertThat(new JsonMapper().readTree(run.out()).at("/runs/1/model").asText()).endsWith("#two");
    assertThat(new JsonMapper().readTree(run.out()).at("/comparisons")).hasSize(1);
  }

  @Test
  void stopsWhereTheModelDoesNotWorkAtAll() throws IOException {
    Files.writeString(suite, TASKS + TASKS);
    CommandLineRun mute = new CommandLineRun(folder);

    assertThat(mute.run("eval", suite.toString())).isEqualTo(ExitStatus.FAILED);
    assertThat(mute.err()).contains("none of the first 3 tasks could be run");
  }

  @Test
  void saysHowManyTasksCouldNotBeRun() {
    CommandLineRun dying = new CommandLineRun(folder, ScriptedChat.says("no idea"));

    assertThat(dying.run("eval", suite.toString())).isZero();
    assertThat(dying.err()).contains("1 of 2 tasks could not be run; the first: the model failed");
  }

  @Test
  void refusesAPlannerThatItDoesNotKnow() {
    CommandLineRun run = calculating();

    assertThat(run.run("eval", suite.toString(), "--planner", "guess"))
        .isEqualTo(ExitStatus.FAILED);
    assertThat(run.err()).contains("--planner: expected one of react", "found 'guess'");
  }

  @Test
  void refusesAWrongModelAddress() {
    CommandLineRun run = calculating();

    assertThat(run.run("eval", suite.toString(), "--model", "openai:http://me:secret@host/v1#m"))
        .isEqualTo(ExitStatus.USAGE);
    assertThat(run.err()).contains("OPENAI_API_KEY");
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
