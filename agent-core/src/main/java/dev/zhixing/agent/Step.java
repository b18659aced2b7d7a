package dev.zhixing.agent;

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
 * @param observations what the tools brought back, in the order of the calls; empty for a question
 *     to the model
 * @param messages what the step adds to the conversation: always the same objects, so that a model
 *     can recognise its own messages
 * @param usage the tokens it took
 * @param millis how long it took, in milliseconds
 */
public record Step(
    int number,
    Action action,
    List<Observation> observations,
    List<ChatMessage> messages,
    Usage usage,
    long millis) {

  public Step {
    observations = List.copyOf(observations);
    messages = List.copyOf(messages);
  }

  static Step asked(int number, Action.AskModel ask, AiMessage reply, Usage usage, long millis) {
    return new Step(number, ask, List.of(), List.of(reply), usage, millis);
  }

  static Step called(
      int number, Action.CallTools call, List<Observation> observations, long millis) {
    List<ChatMessage> messages = new ArrayList<>();
    for (Observation observation : observations) {
      messages.add(observation.toMessage());
    }
    return new Step(number, call, observations, messages, Usage.NONE, millis);
  }

  /** What the model replied, if this step asked it. */
  public Optional<AiMessage> reply() {
    return action instanceof Action.AskModel
        ? Optional.of((AiMessage) messages.getFirst())
        : Optional.empty();
  }
}
