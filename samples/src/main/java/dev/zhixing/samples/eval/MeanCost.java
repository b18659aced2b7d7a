package dev.zhixing.samples.eval;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhixing.agent.Usage;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a task took on average. The last three are null where no task's model reports them;
 * otherwise they are averages of the tasks whose model does.
 *
 * @param steps steps
 * @param input tokens of the prompts
 * @param output tokens generated
 * @param cached tokens of the prompts that were in the cache
 * @param prefilled tokens of the prompts that were computed
 * @param forced tokens generated that the grammar left no choice about
 * @param millis wall time in milliseconds
 */
public record MeanCost(
    double steps,
    double input,
    double output,
    @Nullable Double cached,
    @Nullable Double prefilled,
    @Nullable Double forced,
    double millis) {

  private static final String LINE = "%-12s %6s %8s %7s %8s %10s %7s %9s%n";

  /** The average of {@code costs}; zero without any. */
  public static MeanCost of(List<Cost> costs) {
    return new MeanCost(
        costs.stream().mapToInt(Cost::steps).average().orElse(0),
        costs.stream().mapToInt(c -> c.usage().input()).average().orElse(0),
        costs.stream().mapToInt(c -> c.usage().output()).average().orElse(0),
        reported(costs, Usage::cached),
        reported(costs, Usage::prefilled),
        reported(costs, Usage::forced),
        costs.stream().mapToLong(Cost::millis).average().orElse(0));
  }

  private static @Nullable Double reported(
      List<Cost> costs, Function<Usage, @Nullable Integer> count) {
    var mean =
        costs.stream()
            .map(cost -> count.apply(cost.usage()))
            .filter(Objects::nonNull)
            .mapToInt(Integer::intValue)
            .average();
    return mean.isPresent() ? Double.valueOf(mean.getAsDouble()) : null;
  }

  static String heading() {
    return LINE.formatted(
        "per task", "steps", "input", "output", "cached", "prefilled", "forced", "time");
  }

  String row(String name) {
    return LINE.formatted(
        name,
        number(steps),
        number(input),
        number(output),
        number(cached),
        number(prefilled),
        number(forced),
        String.format(Locale.ROOT, "%.2f s", millis / 1000));
  }

  private static String number(@Nullable Double value) {
    return value == null ? "-" : String.format(Locale.ROOT, "%.1f", value);
  }

  ObjectNode json() {
    return SuiteFile.JSON
        .createObjectNode()
        .put("steps", steps)
        .put("input", input)
        .put("output", output)
        .put("cached", cached)
        .put("prefilled", prefilled)
        .put("forced", forced)
        .put("millis", millis);
  }
}
