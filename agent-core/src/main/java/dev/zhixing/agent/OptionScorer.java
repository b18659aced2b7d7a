package dev.zhixing.agent;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.ChatModel;
import java.util.List;

/**
 * Tells how likely a model would reply with each of several options: for routing, judging and
 * approving. A local model does it in one pass with no text generated; a remote one is asked for
 * the numbers.
 */
@FunctionalInterface
public interface OptionScorer {

  /**
   * The probability of each option as the reply to {@code messages}.
   *
   * @param options two or more, all different, none blank
   * @throws RuntimeException whatever the model throws
   */
  OptionScores score(List<ChatMessage> messages, List<String> options);

  /**
   * Asks any chat model for the numbers, as JSON. A reply that holds none but names one option
   * counts as sure of that; one that says nothing usable makes all equal.
   */
  static OptionScorer asking(ChatModel model) {
    return new AskingScorer(model);
  }
}
