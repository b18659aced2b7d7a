package dev.zhixing.samples.eval;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The result of an evaluation: per suite, per language, and over all. Immutable. */
public final class Report {

  private static final String LINE = "%-12s %6s %9s %9s %10s %9s%n";

  private final List<Score> scores;

  public Report(List<Score> scores) {
    this.scores = List.copyOf(scores);
  }

  /** All tasks together. */
  public Tally overall() {
    return Tally.of(scores);
  }

  /** The scores, in the order of the tasks. */
  public List<Score> scores() {
    return scores;
  }

  /** What the tasks took on average. */
  public MeanCost meanCost() {
    return meanCost(scores);
  }

  /** How many runs ended in which way. */
  public Map<String, Long> endings() {
    return scores.stream()
        .collect(
            Collectors.groupingBy(s -> s.outcome().ending(), TreeMap::new, Collectors.counting()));
  }

  /** What kept the model from working, for each task in which something did. */
  public List<String> faults() {
    return scores.stream().map(s -> s.outcome().fault()).filter(Objects::nonNull).toList();
  }

  /** The tasks of each suite, in the order in which the suites first appear. */
  public Map<String, Tally> suites() {
    return by(score -> score.task().suite());
  }

  /** The tasks of each language, in the order in which the languages first appear. */
  public Map<String, Tally> languages() {
    return by(score -> score.task().lang());
  }

  /** The report as text for people. */
  public String table() {
    StringBuilder out = new StringBuilder();
    out.append(LINE.formatted("suite", "tasks", "success", "tools", "arguments", "answer"));
    suites().forEach((name, tally) -> out.append(row(name, tally)));
    out.append(System.lineSeparator());
    languages().forEach((name, tally) -> out.append(row(name, tally)));
    return out.append(row("all", overall())).toString();
  }

  /** What tasks took, as text for people. */
  public String costTable() {
    StringBuilder out = new StringBuilder(MeanCost.heading());
    group(score -> score.task().suite())
        .forEach((name, group) -> out.append(meanCost(group).row(name)));
    return out.append(meanCost().row("all")).toString();
  }

  /** The report for scripts: rates from 0 to 1 (null where nothing was judged), failed tasks. */
  public ObjectNode json() {
    ObjectNode report = SuiteFile.JSON.createObjectNode();
    report.set("overall", json(overall()));
    ObjectNode suites = report.putObject("suites");
    suites().forEach((name, tally) -> suites.set(name, json(tally)));
    ObjectNode languages = report.putObject("languages");
    languages().forEach((name, tally) -> languages.set(name, json(tally)));
    report.set("cost", meanCost().json());
    ObjectNode endings = report.putObject("endings");
    endings().forEach(endings::put);
    ArrayNode failed = report.putArray("failed");
    scores.stream().filter(s -> !s.success()).forEach(s -> failed.add(s.task().id()));
    return report;
  }

  private Map<String, Tally> by(Function<Score, String> key) {
    Map<String, Tally> tallies = new LinkedHashMap<>();
    group(key).forEach((name, group) -> tallies.put(name, Tally.of(group)));
    return tallies;
  }

  private Map<String, List<Score>> group(Function<Score, String> key) {
    return scores.stream()
        .collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()));
  }

  private static MeanCost meanCost(List<Score> scores) {
    return MeanCost.of(scores.stream().map(score -> score.outcome().cost()).toList());
  }

  private static String row(String name, Tally tally) {
    return LINE.formatted(
        name,
        tally.tasks(),
        percent(tally.successRate()),
        percent(tally.toolRate()),
        percent(tally.argumentRate()),
        percent(tally.answerRate()));
  }

  private static String percent(@Nullable Double rate) {
    return rate == null ? "-" : String.format(Locale.ROOT, "%.1f %%", 100 * rate);
  }

  private static ObjectNode json(Tally tally) {
    return SuiteFile.JSON
        .createObjectNode()
        .put("tasks", tally.tasks())
        .put("success", tally.successRate())
        .put("tools", tally.toolRate())
        .put("arguments", tally.argumentRate())
        .put("answer", tally.answerRate());
  }
}
