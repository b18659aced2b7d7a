package dev.zhixing.chat;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.zhixing.engine.Model;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A LangChain4j {@link ChatModel} inside this process. Conversations keep their tokens between
 * requests: a request that continues an earlier one (its messages start with that one's, the
 * model's own answers included) reads only what is new. Tool calls and JSON answers always fit
 * their schemas.
 *
 * <p>An answer's message carries in its attributes how many tokens of the request were read ({@code
 * zhixing.prefilled_tokens}) and kept ({@code zhixing.cached_tokens}), and how many of the answer
 * the grammar left no choice for ({@code zhixing.forced_tokens}). Without a temperature the answer
 * is the most probable one. Safe for all threads. The model is the caller's: closing this closes
 * the conversations only.
 */
public final class LocalChatModel implements ChatModel, AutoCloseable {

  private final Conversations chat;
  private final LocalChatOptions options;

  private LocalChatModel(Conversations chat, LocalChatOptions options) {
    this.chat = chat;
    this.options = options;
  }

  /**
   * Chats on this model.
   *
   * @throws IllegalArgumentException if the model's conversation format is not known
   */
  public static LocalChatModel of(Model model) {
    return of(model, LocalChatOptions.standard());
  }

  /**
   * Chats on this model and keeps what its conversations open with, the tools on offer, in a
   * folder: another process with the same model and tools then reads them from there instead of
   * computing them. Nothing of what anybody says is kept.
   *
   * @param promptCache a folder for at most 16 files of some megabytes, made when it is needed
   * @throws IllegalArgumentException if the model's conversation format is not known
   */
  public static LocalChatModel of(Model model, Path promptCache) {
    return of(model, LocalChatOptions.standard().withPromptCache(promptCache));
  }

  /**
   * Chats on this model in a way of one's own.
   *
   * @throws IllegalArgumentException if the model's conversation format is not known
   */
  public static LocalChatModel of(Model model, LocalChatOptions options) {
    Wishes.checkName(options.defaults().modelName(), model, options);
    Conversations chat = Conversations.of(model, options, new PromptCache(options.promptCache()));
    return new LocalChatModel(chat, options);
  }

  @Override
  public ChatResponse doChat(ChatRequest request) {
    return chat.answer(request, new TurnListener() {});
  }

  /** The same conversations as a streaming model: both may be used in turn. */
  public LocalStreamingChatModel streaming() {
    return new LocalStreamingChatModel(chat, options);
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

  @Override
  public Set<Capability> supportedCapabilities() {
    return Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
  }

  @Override
  public void close() {
    chat.close();
  }
}
