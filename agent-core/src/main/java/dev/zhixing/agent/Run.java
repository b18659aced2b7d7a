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
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One request and everything done about it so far. A run only grows at its end: history, prompt,
 * log and result all come from its list of steps. One thread, the agent's, lets it grow; every
 * thread may read it and cancel it.
 */
public final class Run {
  private static final Logger LOG = System.getLogger(Run.class.getName());

  private final String id = UUID.randomUUID().toString();
  private final Budget budget;
  private final AgentListener listener;
  private final CompletableFuture<Void> cancellation = new CompletableFuture<>();
  private final CompletableFuture<RunResult> result = new CompletableFuture<>();
  private final long started = System.nanoTime();

  private volatile boolean interrupted;
  private final AtomicLong paused = new AtomicLong(); // nanoseconds a person took to decide
  private volatile String request;
  private volatile List<ChatMessage> opening;
  private volatile List<ToolSpecification> tools = List.of();
  private volatile List<Step> steps = List.of();
  private volatile List<Budget.Overshoot> overshoots = List.of();

  Run(String request, List<ChatMessage> history, Budget budget, AgentListener listener) {
    this.request = request;
    this.opening = List.copyOf(history);
    this.budget = budget;
    this.listener = listener.of(this);
  }

  /** A name for this run that no other has. */
  public String id() {
    return id;
  }

  /** What was asked, as the input guardrails let it through. */
  public String request() {
    return request;
  }

  /** The tools that the model may call in this run. */
  public List<ToolSpecification> tools() {
    return tools;
  }

  /** The steps so far. */
  public List<Step> steps() {
    return steps;
  }

  /** The conversation before the first step: the system prompt, the history, the request. */
  public List<ChatMessage> opening() {
    return opening;
  }

  /**
   * The whole conversation so far: the history, the request, then what each step added. It begins
   * with what it was before.
   */
  public List<ChatMessage> messages() {
    List<ChatMessage> messages = new ArrayList<>(opening);
    for (Step step : steps) {
      messages.addAll(step.messages());
    }
    return messages;
  }

  /** The tokens of all steps together. */
  public Usage usage() {
    return steps.stream().map(Step::usage).reduce(Usage.NONE, Usage::plus);
  }

  /** What this run may use. */
  public Budget budget() {
    return budget;
  }

  /** What is left of the budget. */
  public Budget.Left left() {
    Usage used = usage();
    List<Step> done = steps;
    int questions = done.stream().mapToInt(step -> step.replies().size()).sum();
    int calls = done.stream().mapToInt(step -> step.observations().size()).sum();
    BigDecimal money = budget.money();
    BigDecimal cost = used.cost() == null ? BigDecimal.ZERO : used.cost();
    return new Budget.Left(
        Math.max(0, budget.steps() - done.size()),
        Math.max(0, budget.modelCalls() - questions),
        Math.max(0, budget.toolCalls() - calls),
        Math.max(0, budget.inputTokens() - used.input()),
        outputTokensLeft(),
        timeLeft(),
        money == null ? null : money.subtract(cost).max(BigDecimal.ZERO));
  }

  /** How many tokens the model may still generate. */
  public int outputTokensLeft() {
    return Math.max(0, budget.outputTokens() - usage().output());
  }

  /** Where more was used than the budget allows, which no local model does. */
  public List<Budget.Overshoot> overshoots() {
    return overshoots;
  }

  /** How much wall time is left; zero if none is. */
  public Duration timeLeft() {
    Duration left = budget.time().minusNanos(System.nanoTime() - started - paused.get());
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
          throw new IllegalStateException("run " + id + " ended without a result", e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  void open(String acceptedRequest, List<ChatMessage> messages, List<ToolSpecification> offered) {
    request = acceptedRequest;
    opening = List.copyOf(messages);
    tools = List.copyOf(offered);
  }

  void add(Step step) {
    List<Step> longer = new ArrayList<>(steps);
    longer.add(step.after(messages()));
    steps = List.copyOf(longer);
  }

  int nextStep() {
    return steps.size() + 1;
  }

  /** What the model said last to the person who asked, or nothing. */
  String lastWords() {
    for (Step step : steps.reversed()) {
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

  void end(RunResult how) {
    long millis = (System.nanoTime() - started) / 1_000_000;
    String name = how.getClass().getSimpleName();
    emit(new AgentEvent.Ended(id, name, how.text(), how.reason(), steps.size(), usage(), millis));
    result.complete(how);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  void abort(Throwable error) {
    result.completeExceptionally(error);
  }

  /** Notes and tells that more was used than a limit allows. */
  void overshot(Budget.Limit limit, Object allowed, Object used) {
    Budget.Overshoot overshoot = new Budget.Overshoot(limit, allowed.toString(), used.toString());
    List<Budget.Overshoot> longer = new ArrayList<>(overshoots);
    longer.add(overshoot);
    overshoots = List.copyOf(longer);
    emit(new AgentEvent.Overshot(steps.size(), overshoot));
  }

  /** Why this run cannot go on with {@code action}, if so. */
  Optional<RunResult> stopsBefore(Action action) {
    if (isCancelled()) {
      return Optional.of(new RunResult.Cancelled(this, lastWords()));
    }
    return budget
        .reachedBy(this, action)
        .map(limit -> new RunResult.OutOfBudget(this, limit, lastWords()));
  }

  void emit(AgentEvent event) {
    try {
      listener.on(event);
    } catch (RuntimeException e) {
      LOG.log(
          Level.WARNING,
          "the listener of run " + id + " failed at " + event.getClass().getSimpleName(),
          e);
    }
  }
}
