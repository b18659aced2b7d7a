package dev.zhixing.samples.eval.compare;

import dev.zhixing.samples.eval.MeanCost;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Several runs of the same tasks as one table. */
public final class SideBySide {

  private static final String LINE = "%-3s %8s %8s %8s %6s %8s %8s %8s %10s %8s %9s%n";

  /** What a line about the difference to the first run tells. */
  private static final Set<Metric> TOLD =
      Set.of(Metric.SUCCESS, Metric.INPUT, Metric.OUTPUT, Metric.TIME);

  private SideBySide() {}

  /** Compares every run but the first with the first. */
  public static List<Comparison> comparisons(List<EvalRun> runs) {
    List<Comparison> comparisons = new ArrayList<>();
    for (EvalRun other : runs.subList(1, runs.size())) {
      comparisons.add(Comparison.of(runs.getFirst(), other));
    }
    return comparisons;
  }

  /** A line for each run, then how each differs from the first. */
  public static String table(List<EvalRun> runs) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < runs.size(); i++) {
      out.append("%-3d %s%n".formatted(i + 1, runs.get(i).setup().name()));
    }
    out.append('\n');
    out.append(
        LINE.formatted(
            "",
            "success",
            "tools",
            "answer",
            "steps",
            "input",
            "output",
            "cached",
            "prefilled",
            "forced",
            "time"));
    for (int i = 0; i < runs.size(); i++) {
      out.append(row(i + 1, runs.get(i).tasks()));
    }
    List<Comparison> comparisons = comparisons(runs);
    for (int i = 0; i < comparisons.size(); i++) {
      out.append("%n%d against 1:%n".formatted(i + 2));
      comparisons.get(i).differences().stream()
          .filter(difference -> TOLD.contains(difference.metric()))
          .forEach(difference -> out.append("  ").append(difference.inWords()).append('\n'));
    }
    if (!comparisons.isEmpty()) {
      out.append('\n').append(ComparisonText.CAVEAT).append('\n');
    }
    return out.toString();
  }

  private static String row(int number, List<TaskRecord> tasks) {
    MeanCost cost = MeanCost.of(tasks.stream().map(TaskRecord::cost).toList());
    return LINE.formatted(
        number,
        share(tasks, TaskRecord::success),
        share(tasks, TaskRecord::tools),
        share(tasks, TaskRecord::answer),
        number(cost.steps()),
        number(cost.input()),
        number(cost.output()),
        number(cost.cached()),
        number(cost.prefilled()),
        number(cost.forced()),
        String.format(Locale.ROOT, "%.2f s", cost.millis() / 1000));
  }

  private static String share(List<TaskRecord> tasks, Predicate<TaskRecord> test) {
    return String.format(
        Locale.ROOT, "%.1f %%", 100.0 * tasks.stream().filter(test).count() / tasks.size());
  }

  private static String number(@Nullable Double value) {
    return value == null ? "-" : String.format(Locale.ROOT, "%.1f", value);
  }
}
