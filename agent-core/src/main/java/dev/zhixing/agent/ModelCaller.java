package dev.zhixing.agent;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.TokenCountEstimator;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.zhixing.agent.AgentEvent.ModelFailed.Remedy;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asks the model within what is left of the budget, and never waits for longer. A model that fails
 * is asked again where that may help; then the next one takes over.
 */
final class ModelCaller {
  private final List<ModelPort> models;
  private final PortCaller ports;
  private final Retry retry;
  private final RandomGenerator chance;
  private final Prices prices;
  private final @Nullable TokenCountEstimator tokenCounter;

  ModelCaller(AgentBuilder from, List<ModelPort> models) {
    this.models = List.copyOf(models);
    ports = new PortCaller(from.branching, from.scorer);
    retry = from.retry;
    chance = from.chance;
    prices = from.prices;
    tokenCounter = from.tokenCounter;
  }

  /** How asking once ended. */
  private sealed interface Outcome {
    record Over(Optional<RunResult> end) implements Outcome {}

    /** {@code heard} tells whether the model had begun to speak. */
    record Broken(Throwable cause, boolean heard) implements Outcome {}
  }

  /**
   * Adds the model's reply to {@code run}; a result if the run ends here. {@code early} is told of
   * calls before the reply is complete.
   */
  Optional<RunResult> ask(Run run, Action.AskModel ask, EarlyCalls early) {
    if (tokenCounter != null
        && run.left().inputTokens() < Integer.MAX_VALUE
        && tokenCounter.estimateTokenCountInMessages(ask.messages()) > run.left().inputTokens()) {
      return Optional.of(
          new RunResult.OutOfBudget(run, Budget.Limit.INPUT_TOKENS, run.lastWords()));
    }
    Outcome.Broken last = new Outcome.Broken(new IllegalStateException("no model"), false);
    String reason = "";
    for (int i = 0; i < models.size(); i++) {
      for (int attempt = 1; ; attempt++) {
        early.newReply();
        switch (askOnce(run, ask, models.get(i), early)) {
          case Outcome.Over(Optional<RunResult> end) -> {
            return end;
          }
          case Outcome.Broken broken -> last = broken;
        }
        Retry.Next next = retry.after(last.cause(), attempt, run.timeLeft(), chance);
        reason =
            Failures.inWords(last.cause()) + (next instanceof Retry.Next.No no ? no.why() : "");
        run.emit(failed(run, i, attempt, reason, next, last.heard()));
        if (!(next instanceof Retry.Next.Again(Duration pause))) {
          break;
        }
        run.pause(pause);
        Optional<RunResult> end = run.stopsBefore(ask);
        if (end.isPresent()) {
          return end;
        }
      }
    }
    return Optional.of(new RunResult.Failed(run, "the model failed: " + reason, last.cause()));
  }

  private AgentEvent.ModelFailed failed(
      Run run, int model, int attempt, String reason, Retry.Next next, boolean heard) {
    Remedy otherwise = model + 1 < models.size() ? Remedy.NEXT_MODEL : Remedy.END;
    Remedy remedy = next instanceof Retry.Next.Again ? Remedy.RETRY : otherwise;
    long wait = next instanceof Retry.Next.Again(Duration pause) ? pause.toMillis() : 0;
    return new AgentEvent.ModelFailed(
        run.nextStep(), models.get(model).name(), attempt, reason, remedy, heard, wait);
  }

  private Outcome askOnce(Run run, Action.AskModel ask, ModelPort model, EarlyCalls early) {
    Optional<Prices.Price> price = prices.of(model.name());
    if (run.budget().money() != null && price.isEmpty()) {
      return new Outcome.Broken(
          new IllegalStateException(
              "expected a price for the model %s, as there is a limit of money, found none; set it with AgentBuilder.prices"
                  .formatted(model.name())),
          false);
    }
    int step = run.nextStep();
    long started = System.nanoTime();
    int maxOutputTokens = maxOutputTokens(run, ask.form(), model, price);
    ChatRequest.Builder request =
        ChatRequest.builder()
            .messages(ask.messages())
            .toolSpecifications(ask.tools())
            .maxOutputTokens(maxOutputTokens);
    if (ask.form() instanceof ReplyForm.Json(ResponseFormat format, boolean wherePossible)
        && (!wherePossible || keepsToSchemas(model))) {
      request.responseFormat(format);
    }
    run.emit(
        new AgentEvent.Asked(
            step, model.name(), ask.messages().size(), maxOutputTokens, ask.purpose()));
    boolean first = model.equals(models.getFirst());
    return switch (ask.form()) {
      case ReplyForm.Text _, ReplyForm.Json _ ->
          listen(run, ask, model, early, request.build(), price, maxOutputTokens);
      case ReplyForm.Branches(int count) ->
          answered(
              run,
              ask,
              ports.fork(run, model, first, request.build(), count, callTime(run)),
              price,
              started);
      case ReplyForm.OneOf(List<String> options) ->
          answered(
              run,
              ask,
              ports.choose(run, model, first, request.build(), options, callTime(run)),
              price,
              started);
    };
  }

  private static boolean keepsToSchemas(ModelPort model) {
    return model.capabilities().contains(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
  }

  private Duration callTime(Run run) {
    Duration left = run.timeLeft();
    return left.compareTo(retry.callTime()) < 0 ? left : retry.callTime();
  }

  private Outcome answered(
      Run run,
      Action.AskModel ask,
      Work.Outcome<PortCaller.Replies> outcome,
      Optional<Prices.Price> price,
      long started) {
    return switch (outcome) {
      case Work.Outcome.Done<PortCaller.Replies>(PortCaller.Replies replies) -> {
        long millis = (System.nanoTime() - started) / 1_000_000;
        Usage usage = price.map(replies.usage()::at).orElseGet(replies::usage);
        int number = run.nextStep();
        Budget.Left before = run.left();
        Step step = Step.asked(number, ask, replies.messages(), usage, millis);
        String text =
            replies.messages().stream()
                .map(reply -> reply.text() == null ? "" : reply.text())
                .collect(Collectors.joining("\n"));
        run.emit(new AgentEvent.Thinking(number, text));
        run.add(step, JournalEntry.Told.of(run, step, ask));
        tellOvershoots(run, before, usage, before.outputTokens());
        yield new Outcome.Over(Optional.empty());
      }
      case Work.Outcome.Broken<PortCaller.Replies>(Throwable cause) ->
          new Outcome.Broken(cause, false);
      case Work.Outcome.TimedOut<PortCaller.Replies>(),
          Work.Outcome.Cancelled<PortCaller.Replies>() ->
          stopped(run, run.lastWords(), false);
    };
  }

  private Outcome listen(
      Run run,
      Action.AskModel ask,
      ModelPort model,
      EarlyCalls early,
      ChatRequest request,
      Optional<Prices.Price> price,
      int maxOutputTokens) {
    long started = System.nanoTime();
    ModelTurn turn = ModelTurn.start(model, request, run);
    return switch (listenOrGiveUp(turn, run, ask, early)) {
      case ModelTurn.Signal.Reply(ChatResponse response) -> {
        long millis = (System.nanoTime() - started) / 1_000_000;
        Usage usage = price.map(Usage.of(response)::at).orElseGet(() -> Usage.of(response));
        yield new Outcome.Over(replied(run, ask, response, usage, maxOutputTokens, millis));
      }
      case ModelTurn.Signal.Broken(Throwable cause) -> new Outcome.Broken(cause, turn.wasHeard());
      case ModelTurn.Signal.Stop _ -> {
        turn.giveUp();
        boolean heard = ask.aloud() && !turn.heard().isBlank();
        yield stopped(run, heard ? turn.heard() : run.lastWords(), turn.wasHeard());
      }
      case ModelTurn.Signal.Thinking _, ModelTurn.Signal.Text _, ModelTurn.Signal.Call _ ->
          throw new AssertionError("not a last signal");
    };
  }

  /** For each reply, so that all together keep to the budget. */
  private static int maxOutputTokens(
      Run run, ReplyForm form, ModelPort model, Optional<Prices.Price> price) {
    int replies = form instanceof ReplyForm.Branches(int count) ? count : 1;
    int most =
        Math.min(
            run.outputTokensLeft() / replies, model.maxOutputTokens().orElse(Integer.MAX_VALUE));
    BigDecimal money = run.left().money();
    return money == null
        ? most
        : Math.max(1, Math.min(most, price.map(p -> p.outputTokens(money) / replies).orElse(most)));
  }

  /** The run was cancelled, its time is over, or only that of the call. */
  private Outcome stopped(Run run, String text, boolean heard) {
    if (run.isCancelled()) {
      return new Outcome.Over(Optional.of(new RunResult.Cancelled(run, text)));
    }
    if (run.timeLeft().isZero()) {
      return new Outcome.Over(Optional.of(new RunResult.OutOfBudget(run, Budget.Limit.TIME, text)));
    }
    return new Outcome.Broken(
        new TimeoutException(
            "no reply within %s s".formatted(retry.callTime().toMillis() / 1000.0)),
        heard);
  }

  /** Leaves no model behind that speaks to nobody, where the journal fails. */
  private ModelTurn.Signal listenOrGiveUp(
      ModelTurn turn, Run run, Action.AskModel ask, EarlyCalls early) {
    try {
      return listen(turn, run, ask, early);
    } catch (RuntimeException e) {
      turn.giveUp();
      throw e;
    }
  }

  /**
   * Passes on what the model says until its last signal, which is returned; the time limit and an
   * interrupt count as Stop.
   */
  private ModelTurn.Signal listen(ModelTurn turn, Run run, Action.AskModel ask, EarlyCalls early) {
    long started = System.nanoTime();
    int step = run.nextStep();
    int calls = 0;
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
        case ModelTurn.Signal.Text(String text) ->
            run.emit(
                ask.aloud()
                    ? new AgentEvent.Said(step, text)
                    : new AgentEvent.Thinking(step, text));
        case ModelTurn.Signal.Call(ToolExecutionRequest request) ->
            early.complete(ToolCall.of(request, step, calls++), ask);
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
    Step step = Step.asked(number, ask, List.of(reply), usage, millis);
    String best = CutReply.best(ask, reply, run.lastWords());
    run.add(step, JournalEntry.Told.of(run, step, ask));
    tellOvershoots(run, before, usage, maxOutputTokens);
    return response.finishReason() == FinishReason.LENGTH && CutReply.endsRun(reply)
        ? Optional.of(new RunResult.OutOfBudget(run, limitReached(run), best))
        : Optional.empty();
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
