package dev.zhixing.samples.eval.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Two runs of the same tasks, task by task. Immutable. */
public final class Comparison {

  private final EvalRun first;
  private final EvalRun second;
  private final List<Difference> differences;

  private Comparison(EvalRun first, EvalRun second) {
    this.first = first;
    this.second = second;
    differences =
        Arrays.stream(Metric.values())
            .flatMap(metric -> Difference.of(metric, first.tasks(), second.tasks()).stream())
            .toList();
  }

  /**
   * Compares {@code second} with {@code first}, in the tasks that both have run.
   *
   * @throws IllegalArgumentException if they did not run the same tasks in the same order
   */
  public static Comparison of(EvalRun first, EvalRun second) {
    if (!first.suite().equals(second.suite())) {
      throw new IllegalArgumentException(
          "cannot be compared, because they ran different tasks: %s ran suite %s, %s ran suite %s; %s"
              .formatted(
                  first.setup().name(),
                  describe(first),
                  second.setup().name(),
                  describe(second),
                  howTheyDiffer(first, second)));
    }
    int common = Math.min(first.tasks().size(), second.tasks().size());
    if (common == 0) {
      throw new IllegalArgumentException(
          "cannot be compared, because one of them has run no task: %s and %s"
              .formatted(first.setup().name(), second.setup().name()));
    }
    return new Comparison(first.first(common), second.first(common));
  }

  EvalRun first() {
    return first;
  }

  EvalRun second() {
    return second;
  }

  List<Difference> differences() {
    return differences;
  }

  /** Ids of the tasks that succeed in the second run only. */
  List<String> gained() {
    return changed(true);
  }

  /** Ids of the tasks that succeed in the first run only. */
  List<String> lost() {
    return changed(false);
  }

  private List<String> changed(boolean toSuccess) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < first.tasks().size(); i++) {
      TaskRecord after = second.tasks().get(i);
      if (first.tasks().get(i).success() != toSuccess && after.success() == toSuccess) {
        ids.add(after.id());
      }
    }
    return ids;
  }

  private static String describe(EvalRun run) {
    return "%s… (%d tasks)".formatted(run.suite().sha256().substring(0, 12), run.suite().tasks());
  }

  private static String howTheyDiffer(EvalRun first, EvalRun second) {
    Set<String> onlyFirst = ids(first);
    Set<String> onlySecond = ids(second);
    onlyFirst.removeAll(ids(second));
    onlySecond.removeAll(ids(first));
    if (onlyFirst.isEmpty() && onlySecond.isEmpty()) {
      return "the ids are the same, but the tasks' text or order is not";
    }
    return "%d tasks are only in the first%s, %d only in the second%s"
        .formatted(onlyFirst.size(), example(onlyFirst), onlySecond.size(), example(onlySecond));
  }

  private static String example(Set<String> ids) {
    return ids.isEmpty() ? "" : " (such as " + ids.iterator().next() + ")";
  }

  private static Set<String> ids(EvalRun run) {
    Set<String> ids = new TreeSet<>();
    run.tasks().forEach(task -> ids.add(task.id()));
    return ids;
  }
}
