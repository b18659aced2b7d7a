package dev.zhixing.samples.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhixing.samples.eval.Report;
import dev.zhixing.samples.eval.compare.Comparison;
import dev.zhixing.samples.eval.compare.ComparisonText;
import dev.zhixing.samples.eval.compare.EvalRun;
import dev.zhixing.samples.eval.compare.ReportFile;
import dev.zhixing.samples.eval.compare.Setup;
import dev.zhixing.samples.eval.compare.SideBySide;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Prints evaluations and their comparison, as tables or as JSON. */
final class EvalPrinter {

  private final PrintStream out;
  private final PrintStream err;
  private final boolean json;
  private final List<ObjectNode> results = new ArrayList<>();

  EvalPrinter(Surroundings surroundings, boolean json) {
    out = surroundings.out();
    err = surroundings.err();
    this.json = json;
  }

  /** Prints one of {@code setups} results; as JSON only at the end. */
  void print(Setup setup, Report report, int setups) {
    List<String> faults = report.faults();
    if (!faults.isEmpty()) {
      err.printf(
          "zhixing: %d of %d tasks could not be run; the first: %s%n",
          faults.size(), report.scores().size(), faults.getFirst());
    }
    if (json) {
      ObjectNode result = report.json();
      result.put("model", setup.model()).put("planner", setup.planner());
      results.add(result);
      return;
    }
    if (setups > 1) {
      out.println(setup.name());
    }
    out.println(report.table());
    out.println(report.costTable());
  }

  /** Prints how {@code runs} differ if there are several. */
  void end(List<EvalRun> runs) {
    if (json) {
      out.println(results.size() == 1 ? results.getFirst() : together(runs));
    } else if (runs.size() > 1) {
      out.print(SideBySide.table(runs));
    }
  }

  private ObjectNode together(List<EvalRun> runs) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    all.putArray("runs").addAll(results);
    ArrayNode comparisons = all.putArray("comparisons");
    SideBySide.comparisons(runs).forEach(c -> comparisons.add(ComparisonText.json(c)));
    return all;
  }

  /** Compares every run of {@code reports} with the first. */
  void compare(List<Path> reports) {
    List<EvalRun> runs = reports.stream().flatMap(file -> ReportFile.read(file).stream()).toList();
    if (runs.size() < 2) {
      throw new IllegalArgumentException(
          "--compare: expected at least two runs, found one in " + reports);
    }
    List<Comparison> comparisons = SideBySide.comparisons(runs);
    if (json) {
      ArrayNode all = JsonNodeFactory.instance.arrayNode();
      comparisons.forEach(c -> all.add(ComparisonText.json(c)));
      out.println(comparisons.size() == 1 ? all.get(0) : all);
    } else {
      comparisons.forEach(c -> out.println(ComparisonText.table(c)));
    }
  }
}
