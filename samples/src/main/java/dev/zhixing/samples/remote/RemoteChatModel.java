package dev.zhixing.samples.remote;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chat model behind a server that speaks OpenAI's protocol: LangChain4j's own client, with what
 * it leaves open closed. Every wait has a limit; an answer that breaks off is an error, not a short
 * answer; errors are {@link RemoteModelException}s in plain words. {@code chat} returns when the
 * answer is complete or has failed; an interrupt of the calling thread gives it up. Safe for all
 * threads.
 */
public final class RemoteChatModel implements StreamingChatModel {

  private static final Duration LONGEST_CONNECTING = Duration.ofSeconds(10);

  private final OpenAiStreamingChatModel model;
  private final RemoteLimits limits;
  private final RemoteFaults faults;

  /**
   * A model at {@code address}; nothing is sent yet.
   *
   * @param key the API key, or null for none; sent only over https or to this machine
   */
  public RemoteChatModel(RemoteAddress address, @Nullable String key, RemoteLimits limits) {
    boolean withheld = key != null && address.isOpen();
    this.limits = limits;
    faults = new RemoteFaults(address, limits, withheld);
    var builder =
        OpenAiStreamingChatModel.builder()
            .httpClientBuilder(
                new RemoteHttp.Limits(
                    shorter(LONGEST_CONNECTING, limits.response()), limits.response()))
            .baseUrl(address.url().toString())
            .modelName(address.model())
            .returnThinking(true);
    if (key != null && !withheld) {
      builder.apiKey(key);
    }
    model = builder.build();
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  @Override
  public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
    RemoteAnswer answer = new RemoteAnswer(handler, faults, limits);
    model.doChat(request, answer);
    answer.await();
  }

  @Override
  public ChatRequestParameters defaultRequestParameters() {
    return model.defaultRequestParameters();
  }

  @Override
  public List<ChatModelListener> listeners() {
    return model.listeners();
  }

  @Override
  public ModelProvider provider() {
    return model.provider();
  }
}
