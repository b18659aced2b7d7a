package dev.zhixing.agent;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.TokenCountEstimator;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.zhixing.agent.AgentEvent.ModelFailed.Remedy;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the model within what is left of the budget, and never waits for longer. A model that fails
 * is asked again where that may help; then the next one takes over.
 */
final class ModelCaller {
  private final List<ModelPort> models;
  private final Retry retry;
  private final Prices prices;
  private final @Nullable TokenCountEstimator tokenCounter;

  ModelCaller(AgentBuilder from, List<ModelPort> models) {
    this.models = List.copyOf(models);
    retry = from.retry;
    prices = from.prices;
    tokenCounter = from.tokenCounter;
  }

  /** How asking once ended. */
  private sealed interface Outcome {
    record Over(Optional<RunResult> end) implements Outcome {}

    record Broken(Throwable cause) implements Outcome {}
  }

  /** Adds the model's reply to {@code run}; a result if the run ends here. */
  Optional<RunResult> ask(Run run, Action.AskModel ask) {
    if (tokenCounter != null
        && run.left().inputTokens() < Integer.MAX_VALUE
        && tokenCounter.estimateTokenCountInMessages(ask.messages()) > run.left().inputTokens()) {
      return Optional.of(
          new RunResult.OutOfBudget(run, Budget.Limit.INPUT_TOKENS, run.lastWords()));
    }
    Throwable last = new IllegalStateException("no model");
    for (int i = 0; i < models.size(); i++) {
      for (int attempt = 1; ; attempt++) {
        switch (askOnce(run, ask, models.get(i))) {
          case Outcome.Over(Optional<RunResult> end) -> {
            return end;
          }
          case Outcome.Broken(Throwable cause) -> last = cause;
        }
        Remedy remedy = remedy(last, attempt, i);
        run.emit(
            new AgentEvent.ModelFailed(
                run.nextStep(), models.get(i).name(), attempt, Failures.inWords(last), remedy));
        if (remedy != Remedy.RETRY) {
          break;
        }
        run.pause(retry.delayAfter(attempt));
        Optional<RunResult> end = run.stopsBefore(ask);
        if (end.isPresent()) {
          return end;
        }
      }
    }
    return Optional.of(
        new RunResult.Failed(run, "the model failed: " + Failures.inWords(last), last));
  }

  private Remedy remedy(Throwable cause, int attempt, int model) {
    if (Retry.mayPass(cause) && attempt < retry.attempts()) {
      return Remedy.RETRY;
    }
    return model + 1 < models.size() ? Remedy.NEXT_MODEL : Remedy.END;
  }

  private Outcome askOnce(Run run, Action.AskModel ask, ModelPort model) {
    Optional<Prices.Price> price = prices.of(model.name());
    if (run.budget().money() != null && price.isEmpty()) {
      return new Outcome.Broken(
          new IllegalStateException(
              "expected a price for the model %s, as there is a limit of money, found none; set it with AgentBuilder.prices"
                  .formatted(model.name())));
    }
    int step = run.nextStep();
    long started = System.nanoTime();
    int maxOutputTokens = maxOutputTokens(run, model, price);
    ChatRequest.Builder request =
        ChatRequest.builder()
            .messages(ask.messages())
            .toolSpecifications(ask.tools())
            .maxOutputTokens(maxOutputTokens);
    if (ask.format() != null) {
      request.responseFormat(ask.format());
    }
    run.emit(new AgentEvent.Asked(step, model.name(), ask.messages().size(), maxOutputTokens));
    ModelTurn turn = ModelTurn.start(model, request.build(), run);
    return switch (listen(turn, run, step)) {
      case ModelTurn.Signal.Reply(ChatResponse response) -> {
        long millis = (System.nanoTime() - started) / 1_000_000;
        Usage usage = price.map(Usage.of(response)::at).orElseGet(() -> Usage.of(response));
        yield new Outcome.Over(replied(run, ask, response, usage, maxOutputTokens, millis));
      }
      case ModelTurn.Signal.Broken(Throwable cause) -> new Outcome.Broken(cause);
      case ModelTurn.Signal.Stop _ -> stopped(turn, run);
      case ModelTurn.Signal.Thinking _, ModelTurn.Signal.Text _ ->
          throw new AssertionError("not a last signal");
    };
  }

  private static int maxOutputTokens(Run run, ModelPort model, Optional<Prices.Price> price) {
    int most = Math.min(run.outputTokensLeft(), model.maxOutputTokens().orElse(Integer.MAX_VALUE));
    BigDecimal money = run.left().money();
    return money == null
        ? most
        : Math.max(1, Math.min(most, price.map(p -> p.outputTokens(money)).orElse(most)));
  }

  /** The run was cancelled, its time is over, or only that of the call. */
  private Outcome stopped(ModelTurn turn, Run run) {
    turn.giveUp();
    String text = turn.heard().isBlank() ? run.lastWords() : turn.heard();
    if (run.isCancelled()) {
      return new Outcome.Over(Optional.of(new RunResult.Cancelled(run, text)));
    }
    if (run.timeLeft().isZero()) {
      return new Outcome.Over(Optional.of(new RunResult.OutOfBudget(run, Budget.Limit.TIME, text)));
    }
    return new Outcome.Broken(
        new TimeoutException(
            "no reply within %s s".formatted(retry.callTime().toMillis() / 1000.0)));
  }

  /**
   * Passes on what the model says until its last signal, which is returned; the time limit and an
   * interrupt count as Stop.
   */
  private ModelTurn.Signal listen(ModelTurn turn, Run run, int step) {
    long started = System.nanoTime();
    while (true) {
      ModelTurn.Signal signal;
      try {
        Duration call = retry.callTime().minusNanos(System.nanoTime() - started);
        Duration left = run.timeLeft();
        signal =
            turn.next((left.compareTo(call) < 0 ? left : call).toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        run.interrupted();
        signal = new ModelTurn.Signal.Stop();
      }
      switch (signal) {
        case ModelTurn.Signal.Thinking(String text) ->
            run.emit(new AgentEvent.Thinking(step, text));
        case ModelTurn.Signal.Text(String text) -> run.emit(new AgentEvent.Said(step, text));
        case ModelTurn.Signal.Reply _, ModelTurn.Signal.Broken _, ModelTurn.Signal.Stop _ -> {
          return signal;
        }
      }
    }
  }

  private static Optional<RunResult> replied(
      Run run,
      Action.AskModel ask,
      ChatResponse response,
      Usage usage,
      int maxOutputTokens,
      long millis) {
    AiMessage reply = response.aiMessage();
    int number = run.nextStep();
    Budget.Left before = run.left();
    run.add(Step.asked(number, ask, reply, usage, millis));
    String text = reply.text() == null ? "" : reply.text();
    run.emit(new AgentEvent.Replied(number, text, ToolCall.of(reply, number), usage, millis));
    tellOvershoots(run, before, usage, maxOutputTokens);
    if (response.finishReason() != FinishReason.LENGTH || reply.hasToolExecutionRequests()) {
      return Optional.empty();
    }
    return Optional.of(new RunResult.OutOfBudget(run, limitReached(run), text));
  }

  private static Budget.Limit limitReached(Run run) {
    if (run.outputTokensLeft() == 0) {
      return Budget.Limit.OUTPUT_TOKENS;
    }
    BigDecimal money = run.left().money();
    return money != null && money.signum() == 0 ? Budget.Limit.MONEY : Budget.Limit.REPLY_LENGTH;
  }

  private static void tellOvershoots(Run run, Budget.Left before, Usage used, int maxOutputTokens) {
    if (used.output() > maxOutputTokens) {
      run.overshot(Budget.Limit.OUTPUT_TOKENS, maxOutputTokens, used.output());
    }
    if (used.input() > before.inputTokens()) {
      run.overshot(Budget.Limit.INPUT_TOKENS, before.inputTokens(), used.input());
    }
    if (before.money() != null
        && used.cost() != null
        && used.cost().compareTo(before.money()) > 0) {
      run.overshot(Budget.Limit.MONEY, before.money(), used.cost());
    }
  }
}
