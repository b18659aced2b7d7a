package dev.zhixing.agent;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks the model within what is left of the budget, and never waits for longer. */
final class ModelCaller {
  private final ModelPort model;

  ModelCaller(ModelPort model) {
    this.model = model;
  }

  /** Adds the model's reply to {@code run}; a result if the run ends here. */
  Optional<RunResult> ask(Run run, Action.AskModel ask) {
    int step = run.nextStep();
    long started = System.nanoTime();
    int maxOutputTokens =
        Math.min(run.outputTokensLeft(), model.maxOutputTokens().orElse(Integer.MAX_VALUE));
    ChatRequest request =
        ChatRequest.builder()
            .messages(ask.messages())
            .toolSpecifications(ask.tools())
            .maxOutputTokens(maxOutputTokens)
            .build();
    run.emit(new AgentEvent.Asked(step, ask.messages().size(), maxOutputTokens));
    ModelTurn turn = ModelTurn.start(model, request, run);
    return switch (listen(turn, run, step)) {
      case ModelTurn.Signal.Reply(ChatResponse response) ->
          replied(run, ask, response, (System.nanoTime() - started) / 1_000_000);
      case ModelTurn.Signal.Broken(Throwable cause) ->
          Optional.of(
              new RunResult.Failed(run, "the model failed: " + Failures.inWords(cause), cause));
      case ModelTurn.Signal.Stop _ -> {
        turn.giveUp();
        String text = turn.heard().isBlank() ? run.lastWords() : turn.heard();
        yield Optional.of(
            run.isCancelled()
                ? new RunResult.Cancelled(run, text)
                : new RunResult.OutOfBudget(run, Budget.Limit.TIME, text));
      }
      case ModelTurn.Signal.Thinking _, ModelTurn.Signal.Text _ ->
          throw new AssertionError("not a last signal");
    };
  }

  /**
   * Passes on what the model says until its last signal, which is returned; the time limit and an
   * interrupt count as Stop.
   */
  private static ModelTurn.Signal listen(ModelTurn turn, Run run, int step) {
    while (true) {
      ModelTurn.Signal signal;
      try {
        signal = turn.next(run.timeLeft().toNanos(), TimeUnit.NANOSECONDS);
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
      Run run, Action.AskModel ask, ChatResponse response, long millis) {
    AiMessage reply = response.aiMessage();
    int number = run.nextStep();
    Usage usage = Usage.of(response);
    run.add(Step.asked(number, ask, reply, usage, millis));
    String text = reply.text() == null ? "" : reply.text();
    run.emit(new AgentEvent.Replied(number, text, ToolCall.of(reply, number), usage, millis));
    if (response.finishReason() != FinishReason.LENGTH || reply.hasToolExecutionRequests()) {
      return Optional.empty();
    }
    Budget.Limit limit =
        run.outputTokensLeft() == 0 ? Budget.Limit.OUTPUT_TOKENS : Budget.Limit.REPLY_LENGTH;
    return Optional.of(new RunResult.OutOfBudget(run, limit, text));
  }
}
