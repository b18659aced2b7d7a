package dev.zhixing.chat;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.zhixing.engine.Model;
import dev.zhixing.engine.PoolCounts;
import dev.zhixing.engine.Restoration;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;

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

  private final Model model;
  private final LocalChat chat;
  private final LocalChatOptions options;

  private LocalChatModel(Model model, LocalChat chat, LocalChatOptions options) {
    this.model = model;
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
    return of(model, LocalChatOptions.builder().promptCache(promptCache).build());
  }

  /**
   * Chats on this model in a way of one's own.
   *
   * @throws IllegalArgumentException if the model's conversation format is not known
   * @throws dev.langchain4j.exception.LangChain4jException if the default parameters are refused,
   *     as those of a request would be
   */
  public static LocalChatModel of(Model model, LocalChatOptions options) {
    Wishes.of(options.defaults(), model, options);
    return new LocalChatModel(model, new LocalChat(model, options), options);
  }

  @Override
  public ChatResponse doChat(ChatRequest request) {
    return chat.answer(chat.task(request), new TurnListener() {});
  }

  /** The same conversations as a streaming model, on the calling thread. */
  public LocalStreamingChatModel streaming() {
    return streaming(Runnable::run);
  }

  /**
   * The same conversations as a streaming model that leaves each answer to an executor.
   *
   * @param executor runs what takes a while, and calls the handlers; the caller's to close
   */
  public LocalStreamingChatModel streaming(Executor executor) {
    return new LocalStreamingChatModel(chat, options, executor);
  }

  /** Counts the tokens of its conversations. */
  public LocalTokenCountEstimator tokenCountEstimator() {
    return new LocalTokenCountEstimator(chat, model.tokenizer());
  }

  /** What its conversations hold in memory, and how many of their tokens were read once only. */
  public PoolCounts counts() {
    return chat.counts();
  }

  /**
   * Continues a request in several ways at once. The request is read once, its keys and values are
   * shared, and the continuations are decoded in common passes; each is kept like an answer of
   * {@link #chat}, so that a request may go on from any of them. They differ by their seeds, from
   * the request's on; without a temperature it is 0.8. Listeners do not hear of it. An interrupt of
   * the thread ends the continuations early.
   *
   * @param branches 1 or more
   */
  public List<ChatResponse> fork(ChatRequest request, int branches) {
    if (branches < 1) {
      throw new IllegalArgumentException("branches: expected at least 1, found " + branches);
    }
    return chat.fork(whole(request), branches);
  }

  /**
   * Returns how likely each of several replies to a request is, compared with the others, without
   * generating anything: the request is read once, all replies in one pass behind it.
   *
   * @param replies two or more, none empty
   */
  public LocalProbabilities probabilities(ChatRequest request, List<String> replies) {
    if (replies.size() < 2 || replies.contains("")) {
      throw new IllegalArgumentException(
          "replies: expected two or more, none empty, found " + replies);
    }
    return chat.probabilities(whole(request), replies);
  }

  /**
   * Writes what is kept in memory of a conversation, tokens with their keys and values, to a file
   * that only its owner may read where the file system knows owners, in place of a file that is
   * there; whole or not at all. From the file one can tell what was said. Nothing of other
   * conversations is in it.
   *
   * @param request everything that was said, with the tools that were on offer; not answered
   * @param mostBytes so many of keys and values at most: of a longer conversation, its beginning
   * @return how many tokens were written; with 0 the file is as it was
   * @throws dev.langchain4j.exception.LangChain4jException if the request can't be honoured
   * @throws java.io.UncheckedIOException if the file cannot be written
   */
  public int save(ChatRequest request, Path file, long mostBytes) {
    return chat.save(whole(request), file, mostBytes);
  }

  /**
   * Takes a conversation that {@link #save} wrote, perhaps in another process, into memory, so that
   * a request that begins as it does reads only the rest; answers are the same as without it. A
   * file of another model, tokenizer, template, cache type or version, or one that is damaged, is
   * not used. Messages of the model should come with the attributes that they had, as LangChain4j's
   * {@code ChatMessageSerializer} writes them: among them are the tokens of those that are split
   * otherwise than the tokenizer does.
   *
   * @return whether it is in memory now, as far as that is allowed to grow, and why not
   */
  public Restoration restore(Path file) {
    return chat.restore(file);
  }

  private ChatRequest whole(ChatRequest request) {
    return ChatRequest.builder()
        .messages(request.messages())
        .parameters(options.defaults().overrideWith(request.parameters()))
        .build();
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
