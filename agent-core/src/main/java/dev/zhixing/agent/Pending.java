package dev.zhixing.agent;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A step of calls that is not over, and what is known of it from before the run was taken up again.
 *
 * @param intents the calls that began, by their place in the step
 * @param brought what came of calls, by their place in the step
 * @param decisions what was decided about calls
 */
record Pending(
    Action.CallTools action,
    Map<Integer, JournalEntry.Intended> intents,
    Map<Integer, Observation> brought,
    List<JournalEntry.Decided> decisions) {
  Pending {
    intents = Map.copyOf(intents);
    brought = Map.copyOf(brought);
    decisions = List.copyOf(decisions);
  }

  static Pending of(Action.CallTools action) {
    return new Pending(action, Map.of(), Map.of(), List.of());
  }

  Pending with(List<JournalEntry.Decided> newDecisions) {
    return new Pending(action, intents, brought, newDecisions);
  }

  Pending with(Action.CallTools longer) {
    return new Pending(longer, intents, brought, decisions);
  }

  /** The same, in which the call in place {@code index} brought {@code observation}. */
  Pending with(int index, Observation observation) {
    Map<Integer, Observation> more = new HashMap<>(brought);
    more.put(index, observation);
    return new Pending(action, intents, more, decisions);
  }

  Optional<Observation> brought(int index) {
    return Optional.ofNullable(brought.get(index));
  }

  /** The intent of a call that may have changed something, of which nothing came back. */
  Optional<JournalEntry.Intended> inDoubt(int index) {
    return Optional.ofNullable(intents.get(index))
        .filter(i -> i.effect() != Effect.READ && !brought.containsKey(index));
  }

  List<ToolCall> inDoubt() {
    return intents.keySet().stream()
        .sorted()
        .flatMap(i -> inDoubt(i).stream())
        .map(i -> i.call().call())
        .toList();
  }

  /** What was decided about exactly {@code call}. */
  Optional<JournalEntry.Decided> decision(ToolCall call) {
    return decisions.stream().filter(d -> d.call().holds(call)).findFirst();
  }
}
