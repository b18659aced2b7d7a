package dev.zhixing.agent;

import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The two kinds of LangChain4j model as one. */
sealed interface ModelPort {
  /** Asks; returns when the reply is complete, or before. */
  void ask(ChatRequest request, StreamingChatResponseHandler handler);

  /** The model's own limit of tokens a reply. */
  OptionalInt maxOutputTokens();

  /** What the model says that it can do. */
  Set<Capability> capabilities();

  /** The model's name, or of what kind it is. */
  String name();

  /** Replies at once. */
  record Whole(ChatModel model) implements ModelPort {
    @Override
    public void ask(ChatRequest request, StreamingChatResponseHandler handler) {
      handler.onCompleteResponse(model.chat(request));
    }

    @Override
    public Set<Capability> capabilities() {
      return model.supportedCapabilities();
    }

    @Override
    public String name() {
      return nameOf(model.defaultRequestParameters().modelName(), model);
    }

    @Override
    public OptionalInt maxOutputTokens() {
      return optional(model.defaultRequestParameters().maxOutputTokens());
    }
  }

  /** Replies piece by piece. */
  record Streaming(StreamingChatModel model) implements ModelPort {
    @Override
    public void ask(ChatRequest request, StreamingChatResponseHandler handler) {
      model.chat(request, handler);
    }

    @Override
    public Set<Capability> capabilities() {
      return model.supportedCapabilities();
    }

    @Override
    public String name() {
      return nameOf(model.defaultRequestParameters().modelName(), model);
    }

    @Override
    public OptionalInt maxOutputTokens() {
      return optional(model.defaultRequestParameters().maxOutputTokens());
    }
  }

  private static OptionalInt optional(@Nullable Integer limit) {
    return limit == null ? OptionalInt.empty() : OptionalInt.of(limit);
  }

  private static String nameOf(@Nullable String name, Object model) {
    return name == null ? model.getClass().getSimpleName() : name;
  }
}
