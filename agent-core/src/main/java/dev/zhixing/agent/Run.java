package dev.zhixing.agent;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
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

  Run(String request, List<ChatMessage> history, Budget budget, AgentListener listener) {
    this.request = request;
    this.opening = List.copyOf(history);
    this.budget = budget;
    this.listener = listener;
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

  /** How many tokens the model may still generate. */
  public int outputTokensLeft() {
    return Math.max(0, budget.outputTokens() - usage().output());
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
    longer.add(step);
    steps = List.copyOf(longer);
  }

  int nextStep() {
    return steps.size() + 1;
  }

  /** What the model said last, or nothing. */
  String lastWords() {
    for (Step step : steps.reversed()) {
      String text = step.reply().map(AiMessage::text).orElse("");
      if (text != null && !text.isBlank()) {
        return text;
      }
    }
    return "";
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

  /** Why this run cannot go on, if so. */
  Optional<RunResult> exhausted() {
    if (isCancelled()) {
      return Optional.of(new RunResult.Cancelled(this, lastWords()));
    }
    return budget.reachedBy(this).map(limit -> new RunResult.OutOfBudget(this, limit, lastWords()));
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
