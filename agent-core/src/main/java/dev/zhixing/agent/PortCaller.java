package dev.zhixing.agent;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks a model for what one reply cannot say: continuations, or probabilities of options. */
final class PortCaller {
  private final @Nullable BranchingModel branching;
  private final @Nullable OptionScorer scorer;

  /**
   * What came of it.
   *
   * @param messages one for each continuation; the likeliest option
   */
  record Replies(List<AiMessage> messages, Usage usage) {
    Replies {
      messages = List.copyOf(messages);
    }
  }

  /** Where an agent has none of its own for its first model, models are asked. */
  PortCaller(@Nullable BranchingModel branching, @Nullable OptionScorer scorer) {
    this.branching = branching;
    this.scorer = scorer;
  }

  /**
   * Continues {@code request}.
   *
   * @param first whether {@code model} is the one that the agent's own ports are of
   */
  Work.Outcome<Replies> fork(
      Run run, ModelPort model, boolean first, ChatRequest request, int branches, Duration limit) {
    BranchingModel port =
        first && branching != null ? branching : BranchingModel.askingAgain(chat(model, request));
    Work<Replies> work =
        Work.compute("zhixing-model", () -> continued(port.fork(request, branches)));
    return work.await(limit, run);
  }

  private static PortChat chat(ModelPort model, ChatRequest request) {
    return new PortChat(model, request.maxOutputTokens());
  }

  private static Replies continued(List<ChatResponse> responses) {
    return new Replies(
        responses.stream().map(ChatResponse::aiMessage).toList(),
        responses.stream().map(Usage::of).reduce(Usage.NONE, Usage::plus));
  }

  /** Chooses among options, as {@link #fork} continues. */
  Work.Outcome<Replies> choose(
      Run run,
      ModelPort model,
      boolean first,
      ChatRequest request,
      List<String> options,
      Duration limit) {
    OptionScorer port =
        first && scorer != null ? scorer : OptionScorer.asking(chat(model, request));
    Work<Replies> work =
        Work.compute("zhixing-model", () -> chosen(port.score(request.messages(), options)));
    return work.await(limit, run);
  }

  private static Replies chosen(OptionScores scores) {
    return new Replies(List.of(scores.toMessage()), scores.usage());
  }
}
