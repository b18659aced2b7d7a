package dev.zhixing.samples.eval.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhixing.agent.Usage;
import dev.zhixing.samples.eval.Cost;
import dev.zhixing.samples.eval.SuiteId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {

  @TempDir Path folder;

  @Test
  void callsNineTasksToOneSignificant() {
    EvalRun before = run("before", i -> task("t" + i, i >= 9, 10));
    EvalRun after = run("after", i -> task("t" + i, i != 39, 10));

    Comparison comparison = Comparison.of(before, after);
    ObjectNode success = (ObjectNode) ComparisonText.json(comparison).at("/differences/success");

    assertThat(comparison.gained()).hasSize(9).contains("t0", "t8");
    assertThat(comparison.lost()).containsExactly("t39");
    assertThat(success.get("p").doubleValue()).isCloseTo(0.021484375, within(1e-12));
    assertThat(success.get("significant").booleanValue()).isTrue();
    assertThat(ComparisonText.table(comparison))
        .contains(
            "significant, p = 0.0215 (McNemar, exact)", "9 tasks succeed in B only:", "  t39");
  }

  @Test
  void callsThreeTasksToOneNotSignificant() {
    EvalRun before = run("before", i -> task("t" + i, i >= 3, 10));
    EvalRun after = run("after", i -> task("t" + i, i != 39, 10));

    assertThat(ComparisonText.table(Comparison.of(before, after)))
        .contains("not significant, p = 0.6250");
  }

  @Test
  void judgesTokensTaskByTask() {
    EvalRun before = run("before", i -> task("t" + i, true, 100 * i));
    EvalRun fewer = run("fewer", i -> task("t" + i, true, 100 * i - 1 - i % 3));
    EvalRun shuffled = run("shuffled", i -> task("t" + i, true, 100 * ((i * 7 + 3) % 40)));

    ObjectNode saved = ComparisonText.json(Comparison.of(before, fewer));
    ObjectNode same = ComparisonText.json(Comparison.of(before, shuffled));

    assertThat(saved.at("/differences/output/significant").booleanValue()).isTrue();
    assertThat(saved.at("/differences/output/high").doubleValue()).isNegative();
    assertThat(same.at("/differences/output/significant").booleanValue()).isFalse();
  }

  @Test
  void leavesOutWhatOneModelDoesNotReport() {
    EvalRun local = run("local", i -> task("t" + i, true, 10));
    EvalRun remote = run("remote", i -> reporting(task("t" + i, true, 10), i < 5));

    ObjectNode json = ComparisonText.json(Comparison.of(local, remote));

    assertThat(json.at("/differences/prefilled/tasks").intValue()).isEqualTo(5);
    assertThat(ComparisonText.table(Comparison.of(local, remote))).contains("(5 tasks)");
  }

  @Test
  void refusesRunsOfDifferentSuites() {
    EvalRun one = run("one", i -> task("t" + i, true, 10));
    EvalRun other =
        new EvalRun(
            new SuiteId("b".repeat(64), 2),
            one.setup(),
            one.limits(),
            List.of(task("t0", true, 1), task("new", true, 1)));

    assertThatThrownBy(() -> Comparison.of(one, other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("different tasks")
        .hasMessageContaining("39 tasks are only in the first (such as t1), 1 only in the second");
  }

  @Test
  void readsTheReportThatItWrote() {
    List<EvalRun> runs =
        List.of(
            run("a", i -> task("t" + i, i % 2 == 0, i)),
            run("b", i -> reporting(task("t" + i, true, i), false)));
    Path file = folder.resolve("report.json");

    ReportFile.write(file, runs);

    assertThat(ReportFile.read(file)).isEqualTo(runs);
  }

  @Test
  void saysWhatIsWrongWithAReport() throws IOException {
    Path text = Files.writeString(folder.resolve("text.json"), "hello");
    Path other = Files.writeString(folder.resolve("other.json"), "{\"overall\": {}}");
    Path file = folder.resolve("report.json");
    ReportFile.write(file, List.of(run("a", i -> task("t" + i, true, i))));
    Path damaged =
        Files.writeString(
            folder.resolve("damaged.json"),
            Files.readString(file).replaceFirst("\"success\" : true", "\"success\" : 1"));

    assertThatThrownBy(() -> ReportFile.read(folder.resolve("none.json")))
        .hasMessageContaining("none.json: no such file");
    assertThatThrownBy(() -> ReportFile.read(text)).hasMessageContaining("text.json: expected");
    assertThatThrownBy(() -> ReportFile.read(other)).hasMessageContaining("format zhixing-eval");
    assertThatThrownBy(() -> ReportFile.read(damaged))
        .hasMessageContaining("damaged.json: t0.success: expected true or false, found 1");
  }

  @Test
  void putsRunsSideBySide() {
    List<EvalRun> runs =
        List.of(
            run("a", i -> task("t" + i, i >= 9, 10)), run("b", i -> task("t" + i, i != 39, 20)));

    String table = SideBySide.table(runs);

    assertThat(table)
        .contains("1   a, react", "2   b, react", "77.5 %", "97.5 %", "2 against 1:")
        .contains("success +20.0 %", "output tokens +10.0 (95 %: +10.0 to +10.0), significant");
  }

  private static EvalRun run(String model, IntFunction<TaskRecord> task) {
    List<TaskRecord> tasks = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      tasks.add(task.apply(i));
    }
    return new EvalRun(
        new SuiteId("a".repeat(64), 40),
        new Setup(model, "", "react"),
        new EvalRun.Limits(16, 1024, 60),
        tasks);
  }

  private static TaskRecord task(String id, boolean success, int output) {
    Cost cost = new Cost(3, new Usage(100, output, 40, 60, 2), 250);
    return new TaskRecord(id, "home", "en", success, true, success, true, "Answered", cost);
  }

  private static TaskRecord reporting(TaskRecord task, boolean prefilled) {
    Usage usage = new Usage(100, 10, prefilled ? 30 : null, null, null);
    return new TaskRecord(
        task.id(), "home", "en", true, true, true, true, "Answered", new Cost(3, usage, 250));
  }
}
