package dev.zhixing.agent;

import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Either kind of model as one that replies at once.
 *
 * @param maxOutputTokens what a reply may have where a request does not say
 */
record PortChat(ModelPort port, int maxOutputTokens) implements ChatModel {
  @Override
  public ChatResponse doChat(ChatRequest request) {
    CompletableFuture<ChatResponse> reply = new CompletableFuture<>();
    port.ask(
        limited(request),
        new StreamingChatResponseHandler() {
          @Override
          public void onPartialResponse(String text) {}

          @Override
          public void onCompleteResponse(ChatResponse response) {
            reply.complete(response);
          }

          @Override
          public void onError(Throwable error) {
            reply.completeExceptionally(error);
          }
        });
    try {
      return reply.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the model replied", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(Failures.inWords(e), e);
    }
  }

  private ChatRequest limited(ChatRequest request) {
    if (request.maxOutputTokens() != null) {
      return request;
    }
    ChatRequestParameters limit =
        DefaultChatRequestParameters.builder().maxOutputTokens(maxOutputTokens).build();
    return ChatRequest.builder()
        .messages(request.messages())
        .parameters(request.parameters().overrideWith(limit))
        .build();
  }

  @Override
  public Set<Capability> supportedCapabilities() {
    return port.capabilities();
  }
}
