package dev.zhixing.agent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run as its journal tells it. Immutable. */
public final class RecordedRun {
  private final List<JournalEntry> entries;
  private final JournalEntry.Begun begun;
  private final RunState state;
  private final Optional<JournalEntry.Ended> ended;

  private RecordedRun(List<JournalEntry> entries, Reading reading) {
    this.entries = List.copyOf(entries);
    begun = reading.begun;
    state = reading.state();
    ended = Optional.ofNullable(reading.ended);
  }

  /**
   * The run that {@code entries} tell of.
   *
   * @throws IllegalArgumentException if they do not begin with the run's beginning, or skip a step
   */
  public static RecordedRun of(List<JournalEntry> entries) {
    if (entries.isEmpty() || !(entries.getFirst() instanceof JournalEntry.Begun begun)) {
      throw new IllegalArgumentException(
          "journal: expected the beginning of a run first, found "
              + (entries.isEmpty() ? "nothing; the run did nothing" : entries.getFirst()));
    }
    Reading reading = new Reading(begun);
    entries.stream().skip(1).forEach(reading::take);
    return new RecordedRun(entries, reading);
  }

  /** The run's name. */
  public String id() {
    return begun.run();
  }

  /** How it began. */
  public JournalEntry.Begun begun() {
    return begun;
  }

  /** How it ended last; empty if it did not, because it goes on or because its process ended. */
  public Optional<AgentEvent.Ended> end() {
    return ended.map(JournalEntry.Ended::how);
  }

  /** The steps that were finished. */
  public List<Step> steps() {
    return state.steps();
  }

  /** The calls that wait for a person's approval. */
  public List<RecordedCall> waiting() {
    return ended.map(JournalEntry.Ended::waiting).orElse(List.of());
  }

  /** Which calls wait for approval, see {@link RunResult.NeedsApproval#hash()}. */
  public String waitingHash() {
    return ToolCall.hash(waiting());
  }

  /** The calls that may have changed something and of which nothing came back. */
  public List<ToolCall> inDoubt() {
    return ended.isPresent() ? List.of() : state.pending().map(Pending::inDoubt).orElse(List.of());
  }

  /** What listeners heard, in order. */
  public List<AgentEvent> events() {
    return entries.stream().flatMap(entry -> entry.heard().stream()).toList();
  }

  /** Tells {@code listener} all that happened, with no model and no tool. */
  public void replay(AgentListener listener) {
    events().forEach(listener::on);
  }

  RunState state() {
    return state;
  }

  /** Equal for the same entries. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RecordedRun that && entries.equals(that.entries);
  }

  @Override
  public int hashCode() {
    return entries.hashCode();
  }

  /** What there is up to the end of the step before {@code step}, which is at least 1. */
  List<JournalEntry> before(int step) {
    if (step < 1 || step > state.steps().size() + 1) {
      throw new IllegalArgumentException(
          "run %s: expected a step from 1 to %d, found %d"
              .formatted(id(), state.steps().size() + 1, step));
    }
    for (int i = 0; i < entries.size(); i++) {
      boolean last =
          switch (entries.get(i)) {
            case JournalEntry.Opened _ -> step == 1;
            case JournalEntry.Told told -> told.step() == step - 1;
            case JournalEntry.Called called -> called.step() == step - 1;
            default -> false;
          };
      if (last) {
        return entries.subList(0, i + 1).stream().filter(e -> !begins(e, step)).toList();
      }
    }
    return entries.subList(0, 1);
  }

  /** A call that began before its step, while the model spoke; it is made anew. */
  private static boolean begins(JournalEntry entry, int step) {
    return entry instanceof JournalEntry.Intended intended && intended.step() == step;
  }

  /** Reads entry by entry. */
  private static final class Reading {
    final JournalEntry.Begun begun;
    private JournalEntry.@Nullable Opened opened;
    private final List<Step> steps = new ArrayList<>();
    private JournalEntry.@Nullable Acting acting;
    private final Map<Integer, JournalEntry.Intended> intents = new HashMap<>();
    private final Map<Integer, Observation> brought = new HashMap<>();
    private final List<JournalEntry.Decided> decisions = new ArrayList<>();
    private final Starts starts = new Starts();
    JournalEntry.@Nullable Ended ended;

    Reading(JournalEntry.Begun begun) {
      this.begun = begun;
    }

    void take(JournalEntry entry) {
      ended = null;
      switch (entry) {
        case JournalEntry.Begun again ->
            throw new IllegalArgumentException("journal: expected one run, found " + again.run());
        case JournalEntry.Opened newOpened -> opened = newOpened;
        case JournalEntry.Told told -> {
          RunState before = state();
          add(told.step(), told.step(messages(before), before.tools()));
        }
        case JournalEntry.Acting newActing -> {
          if (acting == null) {
            intents.clear();
            brought.clear();
            decisions.clear();
          }
          acting = newActing;
        }
        case JournalEntry.Decided decided -> decisions.add(decided);
        case JournalEntry.Intended intended -> {
          intents.put(intended.index(), intended);
          starts.add(intended);
        }
        case JournalEntry.Brought came -> brought.put(came.index(), came.observation());
        case JournalEntry.Called called -> add(called.step(), called(called));
        case JournalEntry.Happened _ -> {}
        case JournalEntry.Ended newEnded -> ended = newEnded;
      }
    }

    private void add(int number, Step step) {
      if (number != steps.size() + 1) {
        throw new IllegalArgumentException(
            "journal of run %s: expected step %d, found %d"
                .formatted(begun.run(), steps.size() + 1, number));
      }
      steps.add(step.after(messages(state())));
      acting = null;
    }

    private Step called(JournalEntry.Called called) {
      JournalEntry.Acting calls = acting;
      if (calls == null || brought.size() != calls.calls().size()) {
        throw new IllegalArgumentException(
            "journal of run %s: expected what each call of step %d brought, found %d observations"
                .formatted(begun.run(), called.step(), brought.size()));
      }
      List<Observation> observations = new ArrayList<>();
      for (int i = 0; i < calls.calls().size(); i++) {
        observations.add(Objects.requireNonNull(brought.get(i), "index"));
      }
      return Step.called(
          called.step(), new Action.CallTools(calls.calls()), observations, called.millis());
    }

    private static List<dev.langchain4j.data.message.ChatMessage> messages(RunState state) {
      return Run.messages(state.opening(), state.steps());
    }

    RunState state() {
      RunState first = RunState.before(begun);
      JournalEntry.Opened open = opened;
      JournalEntry.Acting calls = acting;
      Optional<Pending> pending =
          Optional.ofNullable(calls)
              .map(a -> new Pending(new Action.CallTools(a.calls()), intents, brought, decisions));
      return new RunState(
          open != null,
          open == null ? first.request() : open.request(),
          open == null ? first.opening() : open.messages(),
          open == null ? first.tools() : open.tools(),
          List.copyOf(steps),
          pending,
          starts.wasted(steps, pending));
    }
  }
}
