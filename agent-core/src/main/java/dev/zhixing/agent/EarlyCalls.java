package dev.zhixing.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Calls that run while the reply in which they stand is still being decoded. Only what may be
 * repeated and what nobody objects to: a call of a READ tool that every guardrail lets pass as it
 * is, and no call after one that has to wait. For the run's thread.
 */
final class EarlyCalls implements AutoCloseable {
  private final Run run;
  private final Toolbox toolbox;
  private final Rails rails;
  private final Map<Integer, ToolRun.Running> started = new TreeMap<>(); // by place in the reply
  private final List<ToolRun.Running> spare = new ArrayList<>(); // of replies that were lost
  private boolean open = true;

  EarlyCalls(Run run, Toolbox toolbox, Rails rails) {
    this.run = run;
    this.toolbox = toolbox;
    this.rails = rails;
  }

  /** The model is asked, perhaps again after it failed: what it asked for before does not count. */
  void newReply() {
    started.values().forEach(this::waste);
    spare.addAll(started.values());
    started.clear();
    open = true;
  }

  /** The next call of the reply is complete: starts it if it may run already. */
  void complete(ToolCall call, Action.AskModel ask) {
    open = open && isAllowed(call, ask);
    if (open && toolbox.find(call) instanceof Toolbox.Resolution.Found(Tool tool)) {
      int index = started.size();
      Optional<ToolRun.Running> underWay = takeSpare(call);
      run.record(
          new JournalEntry.Intended(
              run.nextStep() + 1, index, RecordedCall.of(call), Effect.READ, underWay.isPresent()));
      started.put(index, underWay.orElseGet(() -> ToolRun.start(call, tool, run)));
    }
  }

  private boolean isAllowed(ToolCall call, Action.AskModel ask) {
    Budget.Left left = run.left();
    return left.steps() > 1
        && (spare(call).isPresent() || left.toolCalls() > started.size())
        && !run.isCancelled()
        && ask.tools().stream().anyMatch(tool -> tool.name().equals(call.name()))
        && isFree(call);
  }

  /** Whether a call only reads, can be run and passes all guardrails as it is. */
  boolean isFree(ToolCall call) {
    return toolbox.find(call) instanceof Toolbox.Resolution.Found(Tool tool)
        && tool.effect() == Effect.READ
        && rails.letPass(run, call, Effect.READ);
  }

  /** A lost reply asked for the same: what that call brings back is as good. */
  private Optional<ToolRun.Running> takeSpare(ToolCall call) {
    Optional<ToolRun.Running> same = spare(call);
    same.ifPresent(
        running -> {
          spare.remove(running);
          run.countWasted(-1);
        });
    return same.map(running -> running.of(call));
  }

  private Optional<ToolRun.Running> spare(ToolCall call) {
    return spare.stream().filter(s -> s.call().sameness().equals(call.sameness())).findFirst();
  }

  /** Whether the call in place {@code index} of the reply is under way. */
  boolean holds(int index, ToolCall call) {
    ToolRun.Running running = started.get(index);
    return running != null && running.call().equals(call);
  }

  /** Gives away the call in place {@code index}, if it is under way. */
  Optional<ToolRun> take(int index, ToolCall call) {
    return holds(index, call) ? Optional.ofNullable(started.remove(index)) : Optional.empty();
  }

  /**
   * What the call in place {@code index} brings, if it is under way and succeeds; then it is over.
   */
  Optional<Observation> success(int index, ToolCall call) {
    if (holds(index, call)
        && Objects.requireNonNull(started.get(index)).await() instanceof Observation.Success done) {
      started.remove(index);
      return Optional.of(done);
    }
    return Optional.empty();
  }

  /** Stops all calls that nobody took. */
  @Override
  public void close() {
    newReply();
    spare.forEach(ToolRun::stop);
    spare.clear();
  }

  private void waste(ToolRun.Running running) {
    ToolCall call = running.call();
    run.countWasted(1);
    run.emit(
        new AgentEvent.Observed(
            run.nextStep(),
            false,
            call,
            call.name() + " had begun, but its result is not needed.",
            running.work().millis()));
  }
}
