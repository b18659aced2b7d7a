package dev.zhixing.samples.eval.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhixing.samples.eval.SuiteId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Reports as JSON files: {@code format}, {@code version}, {@code complete} (whether all tasks were
 * run), and {@code runs}, each with its suite, setup, limits and tasks.
 */
public final class ReportFile {

  private static final String FORMAT = "zhixing-eval";
  private static final int VERSION = 1;
  private static final JsonMapper JSON = new JsonMapper();

  private ReportFile() {}

  /**
   * Writes runs; a file that is there is replaced, in one step, so that whoever reads it meanwhile
   * finds the one or the other whole. What is no file, such as a terminal, gets complete runs only.
   *
   * @throws UncheckedIOException if it cannot be written
   */
  public static void write(Path file, List<EvalRun> runs) {
    ObjectNode report = JSON.createObjectNode().put("format", FORMAT).put("version", VERSION);
    boolean complete = runs.stream().allMatch(EvalRun::isComplete);
    report.put("complete", complete);
    ArrayNode all = report.putArray("runs");
    runs.forEach(run -> all.add(json(run)));
    try {
      String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n";
      if (Files.notExists(file)) {
        replace(file, text);
      } else if (Files.isRegularFile(file)) {
        replace(file.toRealPath(), text);
      } else if (complete) {
        Files.writeString(file, text);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be written; does its folder exist?", e);
    }
  }

  private static void replace(Path file, String text) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(next, text);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static ObjectNode json(EvalRun run) {
    ObjectNode json = JSON.createObjectNode();
    json.putObject("suite").put("sha256", run.suite().sha256()).put("tasks", run.suite().tasks());
    json.putObject("setup")
        .put("model", run.setup().model())
        .put("sha256", run.setup().sha256())
        .put("planner", run.setup().planner());
    json.putObject("limits")
        .put("steps", run.limits().steps())
        .put("tokens", run.limits().tokens())
        .put("seconds", run.limits().seconds());
    ArrayNode tasks = json.putArray("tasks");
    run.tasks().forEach(task -> tasks.add(task.json()));
    return json;
  }

  /**
   * Reads the runs of a report, at least one.
   *
   * @throws IllegalArgumentException if there is no such file, or it is no such report; the message
   *     names file and field
   * @throws UncheckedIOException if the file cannot be read
   */
  public static List<EvalRun> read(Path file) {
    try {
      return parse(JSON.readTree(Files.readString(file)));
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(
          file + ": no such file; expected a report that --report wrote", e);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          file + ": expected a report that --report wrote, found " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be read as UTF-8 text", e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  private static List<EvalRun> parse(JsonNode report) {
    JsonNode version = report.path("version");
    if (!report.path("format").asText().equals(FORMAT) || version.asInt() != VERSION) {
      throw new IllegalArgumentException(
          "expected a report of format %s, version %d, found format %s, version %s; was it written by --report?"
              .formatted(FORMAT, VERSION, report.path("format"), version));
    }
    List<EvalRun> runs = new ArrayList<>();
    report.path("runs").forEach(run -> runs.add(run(run)));
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("runs: expected at least one, found none");
    }
    return runs;
  }

  private static EvalRun run(JsonNode run) {
    JsonNode suite = run.path("suite");
    JsonNode setup = run.path("setup");
    JsonNode limits = run.path("limits");
    List<TaskRecord> tasks = new ArrayList<>();
    run.path("tasks").forEach(task -> tasks.add(TaskRecord.parse(task)));
    return new EvalRun(
        new SuiteId(TaskRecord.text(suite, "sha256"), TaskRecord.number(suite, "tasks")),
        new Setup(
            TaskRecord.text(setup, "model"),
            TaskRecord.text(setup, "sha256"),
            TaskRecord.text(setup, "planner")),
        new EvalRun.Limits(
            TaskRecord.number(limits, "steps"),
            TaskRecord.number(limits, "tokens"),
            TaskRecord.number(limits, "seconds")),
        tasks);
  }
}
