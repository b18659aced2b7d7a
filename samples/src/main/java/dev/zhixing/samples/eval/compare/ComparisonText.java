package dev.zhixing.samples.eval.compare;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/** A comparison for people and for scripts. */
public final class ComparisonText {

  private static final String LINE = "%-14s %10s %10s %10s  %-24s %s%n";

  /** What no statistics over tasks can know. */
  static final String CAVEAT =
      "Intervals come from how tasks vary. What else the machine did they do not know: repeat runs"
          + " before believing a difference in time.";

  private ComparisonText() {}

  /** The comparison as text: means, difference with its interval, a verdict, changed tasks. */
  public static String table(Comparison comparison) {
    EvalRun first = comparison.first();
    EvalRun second = comparison.second();
    StringBuilder out = new StringBuilder();
    out.append("A  ").append(first.setup().name()).append('\n');
    out.append("B  ").append(second.setup().name()).append('\n');
    out.append(
        "%s tasks, suite %s%n"
            .formatted(
                first.isComplete()
                    ? String.valueOf(first.suite().tasks())
                    : "incomplete: the first %d of %d"
                        .formatted(first.tasks().size(), first.suite().tasks()),
                first.suite().sha256()));
    if (!first.limits().equals(second.limits())) {
      out.append("The limits differ: A %s, B %s%n".formatted(first.limits(), second.limits()));
    }
    out.append('\n');
    out.append(LINE.formatted("mean per task", "A", "B", "B - A", "95 % confidence", "verdict"));
    comparison.differences().forEach(difference -> out.append(row(difference, comparison)));
    out.append('\n').append(CAVEAT).append('\n');
    changed(out, "succeed in B only", comparison.gained());
    changed(out, "succeed in A only", comparison.lost());
    return out.toString();
  }

  private static String row(Difference difference, Comparison comparison) {
    Metric metric = difference.metric();
    String missing =
        difference.pairs() < comparison.first().tasks().size()
            ? " (%d tasks)".formatted(difference.pairs())
            : "";
    return LINE.formatted(
        metric.label(),
        metric.inWords(difference.first()),
        metric.inWords(difference.second()),
        metric.signed(difference.mean()),
        difference.range(),
        difference.verdict() + missing);
  }

  private static void changed(StringBuilder out, String how, List<String> ids) {
    out.append("%n%d tasks %s%s%n".formatted(ids.size(), how, ids.isEmpty() ? "" : ":"));
    ids.forEach(id -> out.append("  ").append(id).append('\n'));
  }

  /** The same for scripts. */
  public static ObjectNode json(Comparison comparison) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("first", comparison.first().setup().name())
        .put("second", comparison.second().setup().name())
        .put("suite", comparison.first().suite().sha256())
        .put("tasks", comparison.first().tasks().size())
        .put("complete", comparison.first().isComplete());
    ObjectNode differences = json.putObject("differences");
    for (Difference difference : comparison.differences()) {
      differences
          .putObject(difference.metric().name().toLowerCase(Locale.ROOT))
          .put("tasks", difference.pairs())
          .put("first", difference.first())
          .put("second", difference.second())
          .put("difference", difference.mean())
          .put("low", difference.interval().low())
          .put("high", difference.interval().high())
          .put("p", difference.probability())
          .put("significant", difference.isSignificant());
    }
    list(json.putArray("gained"), comparison.gained());
    list(json.putArray("lost"), comparison.lost());
    return json;
  }

  private static void list(ArrayNode array, List<String> ids) {
    ids.forEach(array::add);
  }
}
