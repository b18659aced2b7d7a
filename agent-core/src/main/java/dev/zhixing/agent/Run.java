package dev.zhixing.agent;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One request and everything done about it so far. A run only grows at its end: history, prompt,
 * log and result all come from its list of steps. One thread, the agent's, lets it grow; every
 * thread may read it and cancel it.
 */
public final class Run {
  private static final Logger LOG = System.getLogger(Run.class.getName());

  private final JournalEntry.Begun begun;
  private final AgentListener listener;
  private final Journal journal;
  private final boolean takenUp;
  private final long spent; // nanoseconds before the run was taken up again
  private final AtomicBoolean resumed = new AtomicBoolean();
  private final CompletableFuture<Void> cancellation = new CompletableFuture<>();
  private final CompletableFuture<RunResult> result = new CompletableFuture<>();
  private final long started = System.nanoTime();

  private volatile boolean interrupted;
  private final AtomicLong paused = new AtomicLong(); // nanoseconds a person took to decide
  private volatile List<Budget.Overshoot> overshoots = List.of();
  private volatile RunState state;
  private boolean journalWorks = true;

  Run(JournalEntry.Begun begun, RunState state, AgentListener listener, Journal journal) {
    this.begun = begun;
    this.state = state;
    this.listener = listener.of(this);
    this.journal = journal;
    takenUp = state.opened();
    spent = Duration.ofMillis(state.millis()).toNanos();
  }

  /** A run that no agent drives and nobody hears of. */
  static Run nowhere(Budget budget) {
    JournalEntry.Begun begun =
        new JournalEntry.Begun("nowhere", "nowhere", "", "", List.of(), budget, Map.of(), null);
    return new Run(begun, RunState.before(begun), AgentListener.NONE, Journal.NONE);
  }

  /** A name for this run that no other has. */
  public String id() {
    return begun.run();
  }

  /** On whose behalf it runs, see {@link Conversation#onBehalfOf}; may be empty. */
  public String requester() {
    return begun.requester();
  }

  /** What was asked, as the input guardrails let it through. */
  public String request() {
    return state.request();
  }

  /** The tools that the model may call in this run. */
  public List<ToolSpecification> tools() {
    return state.tools();
  }

  /** The steps so far. */
  public List<Step> steps() {
    return state.steps();
  }

  /** The conversation before the first step: the system prompt, the history, the request. */
  public List<ChatMessage> opening() {
    return state.opening();
  }

  /**
   * The whole conversation so far: the history, the request, then what each step added. It begins
   * with what it was before.
   */
  public List<ChatMessage> messages() {
    return messages(state.opening(), state.steps());
  }

  static List<ChatMessage> messages(List<ChatMessage> opening, List<Step> steps) {
    List<ChatMessage> messages = new ArrayList<>(opening);
    for (Step step : steps) {
      messages.addAll(step.messages());
    }
    return messages;
  }

  /**
   * The calls that began before an interruption and of which it is not known whether they took
   * effect.
   */
  public List<ToolCall> inDoubt() {
    return steps().stream()
        .flatMap(step -> step.observations().stream())
        .filter(Observation.InDoubt.class::isInstance)
        .map(Observation::call)
        .toList();
  }

  /** The tokens of all steps together. */
  public Usage usage() {
    return steps().stream().map(Step::usage).reduce(Usage.NONE, Usage::plus);
  }

  /** What this run may use. */
  public Budget budget() {
    return begun.budget();
  }

  /** What is left of the budget. */
  public Budget.Left left() {
    Usage used = usage();
    List<Step> done = steps();
    int questions = done.stream().mapToInt(step -> step.replies().size()).sum();
    int calls = state.wasted() + done.stream().mapToInt(step -> step.observations().size()).sum();
    BigDecimal money = budget().money();
    BigDecimal cost = used.cost() == null ? BigDecimal.ZERO : used.cost();
    return new Budget.Left(
        Math.max(0, budget().steps() - done.size()),
        Math.max(0, budget().modelCalls() - questions),
        Math.max(0, budget().toolCalls() - calls),
        Math.max(0, budget().inputTokens() - used.input()),
        outputTokensLeft(),
        timeLeft(),
        money == null ? null : money.subtract(cost).max(BigDecimal.ZERO));
  }

  /** How many tokens the model may still generate. */
  public int outputTokensLeft() {
    return Math.max(0, budget().outputTokens() - usage().output());
  }

  /** Where more was used than the budget allows, which no local model does. */
  public List<Budget.Overshoot> overshoots() {
    return overshoots;
  }

  /** How much wall time is left; zero if none is. */
  public Duration timeLeft() {
    Duration left = budget().time().minusNanos(elapsed() - paused.get());
    return left.isNegative() ? Duration.ZERO : left;
  }

  /**
   * Ends the run soon, as {@link RunResult.Cancelled}; a model or tool call under way is
   * interrupted and abandoned.
   */
  public void cancel() {
    cancellation.complete(null);
  }

  /** Whether {@link #cancel()} was called. */
  public boolean isCancelled() {
    return cancellation.isDone();
  }

  /**
   * Waits for the end of a run that was started with {@link Conversation#start}; if interrupted,
   * cancels it and waits on.
   */
  public RunResult await() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return result.get();
        } catch (InterruptedException e) {
          interrupted = true;
          cancel();
        } catch (ExecutionException e) {
          throw new IllegalStateException("run " + id() + " ended without a result", e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The request was let through, or refused: then the journal need not know how it opened. */
  void open(JournalEntry.Opened opened, boolean accepted) {
    if (accepted) {
      record(opened);
    }
    state = state.with(opened, accepted);
  }

  /** A step of calls begins, unless it began before the run was taken up again. */
  Pending begin(Action.CallTools action) {
    return state
        .pending()
        .orElseGet(
            () -> {
              record(new JournalEntry.Acting(nextStep(), action.calls()));
              Pending pending = Pending.of(action);
              state = state.with(pending);
              return pending;
            });
  }

  /** The step of calls that is under way has become {@code longer}. */
  void grow(Action.CallTools longer) {
    record(new JournalEntry.Acting(nextStep(), longer.calls()));
    state = state.with(state.pending().orElseThrow().with(longer));
  }

  /** Adds {@code step}, which {@code entry} tells the journal of. */
  void add(Step step, JournalEntry entry) {
    write(entry);
    state = state.with(step.after(messages()));
    entry.heard().ifPresent(this::tell);
  }

  /** Counts calls that were run, but are in no step. */
  void countWasted(int more) {
    state = state.wasting(more);
  }

  /** Keeps what a call brought before its step, which is under way, waits for a person. */
  void keep(int index, Observation observation) {
    record(new JournalEntry.Brought(nextStep(), index, observation, false));
    state = state.with(state.pending().orElseThrow().with(index, observation));
  }

  int nextStep() {
    return steps().size() + 1;
  }

  /** How this run began. */
  JournalEntry.Begun begun() {
    return begun;
  }

  /** How far it has come. */
  RunState state() {
    return state;
  }

  /** The calls of a step that is not over, where this run was taken up in it. */
  Optional<Action.CallTools> unfinished() {
    return state.pending().map(Pending::action);
  }

  /** Whether {@code text} held a secret that the journal, from which this run goes on, lacks. */
  boolean hasLost(String text) {
    return takenUp && RecordedCall.mark().matcher(text).find();
  }

  /** True once: a run is taken up again at most once in a process. */
  boolean claim() {
    return resumed.compareAndSet(false, true);
  }

  /** What the model said last to the person who asked, or nothing. */
  String lastWords() {
    for (Step step : steps().reversed()) {
      String text = step.reply().map(AiMessage::text).orElse("");
      boolean aloud = step.action() instanceof Action.AskModel ask && ask.aloud();
      if (aloud && text != null && !text.isBlank()) {
        return text;
      }
    }
    return "";
  }

  /** Waits, for no longer than the run's time, until it is cancelled. */
  void pause(Duration delay) {
    Duration left = timeLeft();
    try {
      cancellation.get((left.compareTo(delay) < 0 ? left : delay).toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      // the usual end
    } catch (InterruptedException e) {
      interrupted();
    } catch (ExecutionException e) {
      throw new AssertionError("a cancellation does not fail", e);
    }
  }

  void addPause(long nanos) {
    paused.addAndGet(nanos);
  }

  CompletableFuture<Void> cancellation() {
    return cancellation;
  }

  /**
   * Cancels, and has the interrupt restored at the end, because the thread that drives this run was
   * interrupted.
   */
  void interrupted() {
    interrupted = true;
    cancel();
  }

  /**
   * Notes and tells how it ended. Calls that wait for approval must be noted, or nobody could
   * approve them: without that the run has failed, and asks again when it is taken up.
   *
   * @param sessions keeps what the model has read
   */
  RunResult end(RunResult how, RunSessions sessions) {
    long millis = elapsed() / 1_000_000;
    RunResult known = how;
    try (journal) {
      write(JournalEntry.Ended.of(how, millis));
      sessions.keep(this, journalWorks ? journal : Journal.NONE);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "the journal of run " + id() + " lacks its end", e);
      known = how instanceof RunResult.NeedsApproval ? RunResult.Failed.itself(this, e) : how;
    }
    tell(JournalEntry.Ended.of(known, millis).how());
    result.complete(known);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return known;
  }

  void abort(Throwable error) {
    journal.close();
    result.completeExceptionally(error);
  }

  /** Notes and tells that more was used than a limit allows. */
  void overshot(Budget.Limit limit, Object allowed, Object used) {
    Budget.Overshoot overshoot = new Budget.Overshoot(limit, allowed.toString(), used.toString());
    List<Budget.Overshoot> longer = new ArrayList<>(overshoots);
    longer.add(overshoot);
    overshoots = List.copyOf(longer);
    emit(new AgentEvent.Overshot(steps().size(), overshoot));
  }

  /** Why this run cannot go on with {@code action}, if so. */
  Optional<RunResult> stopsBefore(Action action) {
    if (isCancelled()) {
      return Optional.of(new RunResult.Cancelled(this, lastWords()));
    }
    return budget()
        .reachedBy(this, action)
        .map(limit -> new RunResult.OutOfBudget(this, limit, lastWords()));
  }

  void emit(AgentEvent event) {
    record(new JournalEntry.Happened(event));
  }

  /** Writes {@code entry} into the journal, then tells the listener what is heard of it. */
  void record(JournalEntry entry) {
    write(entry);
    entry.heard().ifPresent(this::tell);
  }

  /** A journal that failed once is written no more: the run ends, and is told to listeners. */
  private void write(JournalEntry entry) {
    if (journalWorks) {
      journalWorks = false;
      journal.write(entry);
      journalWorks = true;
    }
  }

  private long elapsed() {
    return System.nanoTime() - started + spent;
  }

  private void tell(AgentEvent event) {
    try {
      listener.on(event);
    } catch (RuntimeException e) {
      LOG.log(
          Level.WARNING,
          "the listener of run " + id() + " failed at " + event.getClass().getSimpleName(),
          e);
    }
  }
}
