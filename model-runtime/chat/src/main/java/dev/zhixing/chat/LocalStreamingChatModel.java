package dev.zhixing.chat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;

/**
 * A LangChain4j {@link StreamingChatModel} inside this process, see {@link
 * LocalChatModel#streaming()}. The handler is called by the calling thread, with whole characters
 * only; {@code chat} returns when the answer is complete. An interrupt of that thread ends the
 * answer early.
 */
public final class LocalStreamingChatModel implements StreamingChatModel {

  private final LocalChat chat;

  LocalStreamingChatModel(LocalChat chat) {
    this.chat = chat;
  }

  @Override
  public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
    ChatResponse response;
    try {
      response = chat.answer(request, new Forwarding(handler));
    } catch (RuntimeException e) {
      handler.onError(e);
      return;
    }
    handler.onCompleteResponse(response);
  }

  @Override
  public ModelProvider provider() {
    return ModelProvider.OTHER;
  }

  private record Forwarding(StreamingChatResponseHandler handler) implements TurnListener {
    @Override
    public void onText(String more) {
      handler.onPartialResponse(more);
    }

    @Override
    public void onCall(int index, ToolExecutionRequest call) {
      handler.onCompleteToolCall(new CompleteToolCall(index, call));
    }

    @Override
    public boolean isCancelled() {
      return Thread.currentThread().isInterrupted();
    }
  }
}
