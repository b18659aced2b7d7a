package dev.zhixing.agent;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How often tools were started, by a run's journal: more often than its steps tell where a reply
 * was lost that had called them, or a process ended while they ran.
 */
final class Starts {
  private final Map<Integer, Set<Integer>> places = new HashMap<>(); // by step
  private int count;

  void add(JournalEntry.Intended intended) {
    places.computeIfAbsent(intended.step(), _ -> new HashSet<>()).add(intended.index());
    count += intended.underWay() ? 0 : 1;
  }

  /** How many of them are neither in {@code steps} nor in the step that is not over. */
  int wasted(List<Step> steps, Optional<Pending> pending) {
    long used = 0;
    for (Step step : steps) {
      used += started(step.number()).filter(i -> i < step.observations().size()).count();
    }
    if (pending.isPresent()) {
      Pending under = pending.get();
      used +=
          started(steps.size() + 1)
              .filter(i -> under.brought(i).isPresent() || under.inDoubt(i).isPresent())
              .count();
    }
    return (int) Math.max(0, count - used);
  }

  private IntStream started(int step) {
    return places.getOrDefault(step, Set.of()).stream().mapToInt(i -> i);
  }
}
