package dev.zhixing.bridge;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.zhixing.agent.BranchingModel;
import dev.zhixing.chat.LocalChatModel;
import java.util.List;

/**
 * Forks runs on a local model: the request is read once, the continuations share its keys and
 * values and are decoded in one batch, and a later request may go on from any of them. Safe for all
 * threads. The model is the caller's.
 *
 * @see LocalChatModel#fork
 */
public final class LocalBranchingModel implements BranchingModel {
  private final LocalChatModel model;

  /** Forks on this model. */
  public LocalBranchingModel(LocalChatModel model) {
    this.model = model;
  }

  @Override
  public List<ChatResponse> fork(ChatRequest request, int branches) {
    return model.fork(request, branches);
  }
}
