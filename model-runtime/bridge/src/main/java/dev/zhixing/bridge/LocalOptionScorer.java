package dev.zhixing.bridge;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.zhixing.agent.OptionScorer;
import dev.zhixing.agent.OptionScores;
import dev.zhixing.agent.Usage;
import dev.zhixing.chat.LocalChatModel;
import dev.zhixing.chat.LocalProbabilities;
import dev.zhixing.chat.LocalTokenUsage;
import java.util.List;

/**
 * Reads the probabilities of options off a local model: the messages are read once, all options in
 * one pass behind them, no text is generated. Safe for all threads. The model is the caller's.
 *
 * @see LocalChatModel#probabilities
 */
public final class LocalOptionScorer implements OptionScorer {
  private final LocalChatModel model;

  /** Scores with this model. */
  public LocalOptionScorer(LocalChatModel model) {
    this.model = model;
  }

  @Override
  public OptionScores score(List<ChatMessage> messages, List<String> options) {
    ChatRequest request = ChatRequest.builder().messages(messages).build();
    LocalProbabilities found = model.probabilities(request, options);
    LocalTokenUsage usage = found.usage();
    int cached = usage.cachedTokenCount();
    return new OptionScores(
        options,
        found.probabilities(),
        new Usage(usage.inputTokenCount(), 0, usage.inputTokenCount() - cached, cached, null));
  }
}
