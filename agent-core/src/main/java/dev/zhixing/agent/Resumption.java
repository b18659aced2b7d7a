package dev.zhixing.agent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A run about to be taken up again. Its finished steps come from what was recorded: no model and no
 * tool is asked for them. Calls that began and brought nothing back are settled first, as {@link
 * Observation.InDoubt} tells. Set up, then {@link #run}, once.
 */
public final class Resumption {
  private final Agent agent;
  private final Source source;
  private @Nullable Approval approval;
  private UnaryOperator<Step> edit = UnaryOperator.identity();

  /** Where the run was recorded. */
  private sealed interface Source {
    record Here(RunResult.NeedsApproval waiting) implements Source {}

    record Recorded(RecordedRun run) implements Source {}

    record From(RecordedRun run, int step) implements Source {}
  }

  /** A run that can be driven, what is known of it, and its conversation. */
  private record Ready(Run run, List<JournalEntry> first) {}

  private Resumption(Agent agent, Source source) {
    this.agent = agent;
    this.source = source;
  }

  static Resumption waiting(Agent agent, RunResult.NeedsApproval waiting) {
    return new Resumption(agent, new Source.Here(waiting));
  }

  static Resumption recorded(Agent agent, RecordedRun run) {
    String end = run.end().map(AgentEvent.Ended::result).orElse("");
    switch (end) {
      case "Answered", "Refused", "OutOfBudget" ->
          throw new IllegalStateException(
              "run %s: expected one that can go on, found one that ended as %s; replay it from a step instead"
                  .formatted(run.id(), end));
      default -> {}
    }
    return new Resumption(agent, new Source.Recorded(run));
  }

  static Resumption from(Agent agent, RecordedRun run, int step) {
    var _ = run.before(step);
    return new Resumption(agent, new Source.From(run, step));
  }

  /** What a person decided about the calls that wait. Without it they are asked about again. */
  public Resumption with(Approval decided) {
    approval = decided;
    return this;
  }

  /** For a replay: the step from which it goes on is taken from the journal, but edited so. */
  public Resumption editing(UnaryOperator<Step> change) {
    edit = change;
    return this;
  }

  /** Runs it to its end on the calling thread. */
  public RunResult run() {
    return run(AgentListener.NONE);
  }

  /**
   * The same, telling {@code listener} what happens.
   *
   * @throws IllegalArgumentException if the approval is not of the calls that wait
   * @throws IllegalStateException if the run has gone on already, or does so elsewhere
   */
  public RunResult run(AgentListener listener) {
    return run(agent.planner(), listener);
  }

  /**
   * Runs it to its end, as {@link #run()} does, where it was begun with a type of its answer: then
   * {@link Agent#run(String, Class)} or this gives that, while {@link #run()} gives text.
   *
   * @throws IllegalArgumentException also if the run was begun without a type, or with one of
   *     another JSON schema; then nothing is done, and it can still be taken up
   */
  public <T> TypedResult<T> run(Class<T> type) {
    return run(type, AgentListener.NONE);
  }

  /** The same, telling {@code listener} what happens. */
  public <T> TypedResult<T> run(Class<T> type, AgentListener listener) {
    TypedAnswer<T> typed = new TypedAnswer<>(agent.planner(), type);
    typed.checkIsAnswerOf(begun());
    return typed.of(run(typed, listener));
  }

  private JournalEntry.Begun begun() {
    return switch (source) {
      case Source.Here(RunResult.NeedsApproval waiting) -> waiting.run().begun();
      case Source.Recorded(RecordedRun run) -> run.begun();
      case Source.From(RecordedRun run, int _) -> run.begun();
    };
  }

  private RunResult run(Planner by, AgentListener listener) {
    Ready ready =
        switch (source) {
          case Source.Here(RunResult.NeedsApproval waiting) -> here(waiting, listener);
          case Source.Recorded(RecordedRun run) -> recorded(run, listener);
          case Source.From(RecordedRun run, int step) -> from(run, step, listener);
        };
    JournalEntry.Begun begun = ready.run().begun();
    return new Conversation(agent, by, begun.conversation(), begun.requester(), begun.history())
        .drive(ready.run(), ready.first());
  }

  private Ready here(RunResult.NeedsApproval waiting, AgentListener listener) {
    Run before = waiting.run();
    List<JournalEntry.Decided> decisions = decisions(before.nextStep(), waiting.recorded());
    Journal journal = agent.journals().reopen(before.id());
    boolean here = Journal.NONE.equals(journal) || holds(journal, () -> stillWaits(waiting));
    if (!here || !before.claim()) {
      journal.close();
      throw gone(before.id());
    }
    return ready(before.begun(), before.state(), journal, decisions, listener);
  }

  private Ready recorded(RecordedRun run, AgentListener listener) {
    List<JournalEntry.Decided> decisions = decisions(run.steps().size() + 1, run.waiting());
    for (JournalEntry.Decided decided : decisions) {
      if (decided.approved() && !decided.call().holds(decided.call().call())) {
        throw new IllegalStateException(
            "run %s: the call %s has arguments with a secret that the journal does not keep; approve it in the process that asked, or deny it"
                .formatted(run.id(), decided.call().call()));
      }
    }
    Journal journal = agent.journals().reopen(run.id());
    if (!holds(journal, () -> read(run.id()).equals(run))) { // again, now that it is ours
      journal.close();
      throw gone(run.id());
    }
    agent.sessions().bringBack(agent.journals(), run.id());
    return ready(run.begun(), run.state(), journal, decisions, listener);
  }

  private Ready ready(
      JournalEntry.Begun begun,
      RunState state,
      Journal journal,
      List<JournalEntry.Decided> decisions,
      AgentListener listener) {
    List<JournalEntry> first = new ArrayList<>();
    first.add(
        new JournalEntry.Happened(
            new AgentEvent.Resumed(
                begun.run(),
                begun.run(),
                state.steps().size(),
                state.pending().map(Pending::inDoubt).orElse(List.of()))));
    first.addAll(decisions);
    RunState decided =
        decisions.isEmpty()
            ? state
            : state.pending().map(p -> state.with(p.with(decisions))).orElse(state);
    return new Ready(agent.newRun(begun, decided, journal, listener), first);
  }

  private Ready from(RecordedRun run, int step, AgentListener listener) {
    Map<String, String> notes = new HashMap<>(run.begun().notes());
    notes.put("replay of", run.id() + " from step " + step);
    JournalEntry.Begun begun = run.begun().as(UUID.randomUUID().toString(), notes);
    List<JournalEntry> first = new ArrayList<>(run.before(step));
    first.set(0, begun);
    int edited = step <= run.steps().size() ? step : 0;
    if (edited > 0) {
      first.addAll(edited(run, run.steps().get(edited - 1)));
    }
    RecordedRun known = RecordedRun.of(first);
    first.add(
        new JournalEntry.Happened(
            new AgentEvent.Resumed(begun.run(), run.id(), known.steps().size(), List.of())));
    agent.sessions().bringBack(agent.journals(), run.id());
    Journal journal = agent.journals().create(begun.run());
    return new Ready(agent.newRun(begun, known.state(), journal, listener), first);
  }

  /** The entries of {@code step} as it was edited; none where it was not, and is done anew. */
  private List<JournalEntry> edited(RecordedRun run, Step step) {
    Step other = edit.apply(step);
    if (other.equals(step)) {
      return List.of();
    }
    return switch (other.action()) {
      case Action.AskModel ask -> {
        Run before =
            new Run(
                run.begun(),
                RecordedRun.of(run.before(step.number())).state(),
                AgentListener.NONE,
                Journal.NONE);
        yield List.of(JournalEntry.Told.of(before, other, ask));
      }
      case Action.CallTools(List<ToolCall> calls, _) -> {
        List<JournalEntry> entries = new ArrayList<>();
        entries.add(new JournalEntry.Acting(step.number(), calls));
        for (int i = 0; i < other.observations().size(); i++) {
          entries.add(
              new JournalEntry.Brought(step.number(), i, other.observations().get(i), false));
        }
        entries.add(new JournalEntry.Called(step.number(), other.millis()));
        yield entries;
      }
      case Action.Finish _ -> throw new IllegalArgumentException("a step cannot be an end");
    };
  }

  private List<JournalEntry.Decided> decisions(int step, List<RecordedCall> waiting) {
    return approval == null ? List.of() : approval.about(step, waiting);
  }

  private boolean stillWaits(RunResult.NeedsApproval waiting) {
    RecordedRun now = read(waiting.run().id());
    return now.waitingHash().equals(waiting.hash())
        && now.steps().size() == waiting.run().steps().size();
  }

  /** What {@code question} says; closes {@code journal} if it fails. */
  private static boolean holds(Journal journal, BooleanSupplier question) {
    try {
      return question.getAsBoolean();
    } catch (RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  private RecordedRun read(String run) {
    return RecordedRun.of(agent.journals().read(run));
  }

  private static IllegalStateException gone(String run) {
    return new IllegalStateException(
        "run %s: expected it where it was left, found it taken up again already; see how it went on"
            .formatted(run));
  }
}
