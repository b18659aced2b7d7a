package dev.zhixing.chat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.internal.InternalStreamingChatResponseHandlerUtils;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * A LangChain4j {@link StreamingChatModel} inside this process, see {@link
 * LocalChatModel#streaming()}. The handler is called by one thread, with whole characters only: by
 * the calling thread, so that {@code chat} returns when the answer is complete, or by one of an
 * executor. A request that is not supported is refused before anything has begun, by an exception
 * on the calling thread. An interrupt of the thread that answers ends the answer early; a handle's
 * {@code cancel} ends it without a word more to the handler.
 */
public final class LocalStreamingChatModel implements StreamingChatModel {

  private final LocalChat chat;
  private final LocalChatOptions options;
  private final Executor executor;

  LocalStreamingChatModel(LocalChat chat, LocalChatOptions options, Executor executor) {
    this.chat = chat;
    this.options = options;
    this.executor = executor;
  }

  @Override
  public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
    LocalChat.Task task;
    try {
      task = chat.task(request);
      executor.execute(() -> answer(task, handler));
    } catch (UnsupportedFeatureException e) {
      throw e; // nothing has begun
    } catch (RuntimeException e) {
      tell(handler, e);
    }
  }

  private void answer(LocalChat.Task task, StreamingChatResponseHandler handler) {
    Forwarding forwarding = new Forwarding(handler, new Handle());
    ChatResponse response;
    try {
      response = chat.answer(task, forwarding);
    } catch (RuntimeException e) {
      tell(handler, e);
      return;
    }
    if (!forwarding.handle().isCancelled()) {
      InternalStreamingChatResponseHandlerUtils.onCompleteResponse(handler, response);
    }
  }

  private static void tell(StreamingChatResponseHandler handler, RuntimeException error) {
    InternalStreamingChatResponseHandlerUtils.withLoggingExceptions(() -> handler.onError(error));
  }

  @Override
  public ChatRequestParameters defaultRequestParameters() {
    return options.defaults();
  }

  @Override
  public List<ChatModelListener> listeners() {
    return options.listeners();
  }

  @Override
  public ModelProvider provider() {
    return ModelProvider.OTHER;
  }

  private static final class Handle implements StreamingHandle {
    private volatile boolean isCancelled;

    @Override
    public void cancel() {
      isCancelled = true;
    }

    @Override
    public boolean isCancelled() {
      return isCancelled;
    }
  }

  private record Forwarding(StreamingChatResponseHandler handler, StreamingHandle handle)
      implements TurnListener {
    @Override
    public void onText(String more) {
      if (!handle.isCancelled()) {
        InternalStreamingChatResponseHandlerUtils.onPartialResponse(handler, more, handle);
      }
    }

    @Override
    public void onThinking(String more) {
      if (!handle.isCancelled()) {
        InternalStreamingChatResponseHandlerUtils.onPartialThinking(handler, more, handle);
      }
    }

    @Override
    public void onPartialCall(int index, String id, String name, String more) {
      if (!handle.isCancelled()) {
        PartialToolCall call =
            PartialToolCall.builder().index(index).id(id).name(name).partialArguments(more).build();
        InternalStreamingChatResponseHandlerUtils.onPartialToolCall(handler, call, handle);
      }
    }

    @Override
    public void onCall(int index, ToolExecutionRequest call) {
      if (!handle.isCancelled()) {
        InternalStreamingChatResponseHandlerUtils.onCompleteToolCall(
            handler, new CompleteToolCall(index, call));
      }
    }

    @Override
    public boolean isCancelled() {
      return handle.isCancelled() || Thread.currentThread().isInterrupted();
    }
  }
}
