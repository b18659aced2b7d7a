package dev.zhixing.agent;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One action of a run and what came of it.
 *
 * @param number 1 for the first step of its run
 * @param action what was done
 * @param replies what the model replied: one, or as many as branches were asked for; empty for a
 *     round of tool calls
 * @param observations what the tools brought back, in the order of the calls; empty for a question
 *     to the model
 * @param messages what the step adds to the conversation: always the same objects, so that a model
 *     can recognise its own messages; nothing for a planner's own question
 * @param usage the tokens it took
 * @param millis how long it took, in milliseconds
 */
public record Step(
    int number,
    Action action,
    List<AiMessage> replies,
    List<Observation> observations,
    List<ChatMessage> messages,
    Usage usage,
    long millis) {

  public Step {
    replies = List.copyOf(replies);
    observations = List.copyOf(observations);
    messages = List.copyOf(messages);
  }

  static Step asked(
      int number, Action.AskModel ask, List<AiMessage> replies, Usage usage, long millis) {
    List<AiMessage> said = ask.purpose().isEmpty() ? replies : List.of();
    return new Step(number, ask, replies, List.of(), List.copyOf(said), usage, millis);
  }

  static Step called(
      int number, Action.CallTools call, List<Observation> observations, long millis) {
    List<ChatMessage> messages = new ArrayList<>();
    for (Observation observation : observations) {
      messages.add(observation.toMessage());
    }
    return new Step(number, call, List.of(), observations, messages, Usage.NONE, millis);
  }

  /**
   * This step as if the model had replied {@code reply}.
   *
   * @throws IllegalStateException if it did not ask the model
   */
  public Step withReply(AiMessage reply) {
    if (!(action instanceof Action.AskModel ask)) {
      throw new IllegalStateException(
          "step " + number + ": expected a question to the model, found calls of tools");
    }
    return asked(number, ask, List.of(reply), usage, millis);
  }

  /**
   * This step as if its calls had brought {@code results}, one for each.
   *
   * @throws IllegalStateException if it did not call tools, or not that many
   */
  public Step withResults(List<String> results) {
    if (!(action instanceof Action.CallTools call) || results.size() != observations.size()) {
      throw new IllegalStateException(
          "step %d: expected the calls of a step and a result for each, found %d calls and %d results"
              .formatted(number, observations.size(), results.size()));
    }
    List<Observation> others = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      others.add(new Observation.Success(observations.get(i).call(), results.get(i), false, 0));
    }
    return called(number, call, others, millis);
  }

  /** What the model replied, if this step asked it; the first reply of several. */
  public Optional<AiMessage> reply() {
    return replies.stream().findFirst();
  }

  /** The purpose of the question, if this step asked one. */
  public Optional<String> purpose() {
    return action instanceof Action.AskModel ask ? Optional.of(ask.purpose()) : Optional.empty();
  }

  /**
   * This step as it goes on from {@code conversation}: results of calls that the model did not ask
   * for there, but a planner on its own, get a message with those calls before them.
   */
  Step after(List<ChatMessage> conversation) {
    if (!(action instanceof Action.CallTools(List<ToolCall> calls, _))
        || messages.isEmpty()
        || messages.getFirst() instanceof AiMessage) {
      return this;
    }
    List<String> ids = calls.stream().map(ToolCall::id).toList();
    if (!conversation.isEmpty()
        && conversation.getLast() instanceof AiMessage last
        && ToolCall.of(last, number - 1).stream().map(ToolCall::id).toList().equals(ids)) {
      return this;
    }
    List<ToolExecutionRequest> requests = calls.stream().map(ToolCall::toRequest).toList();
    List<ChatMessage> whole = new ArrayList<>(messages);
    whole.addFirst(AiMessage.from(requests));
    return new Step(number, action, replies, observations, whole, usage, millis);
  }
}
