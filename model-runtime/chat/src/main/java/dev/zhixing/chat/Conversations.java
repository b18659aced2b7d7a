package dev.zhixing.chat;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.zhixing.engine.Model;
import java.util.List;

/**
 * Conversations with a local model, whatever its format. Behind both chat models. Safe for all
 * threads; requests of different conversations run side by side.
 */
interface Conversations extends AutoCloseable {

  /** Answers a request; the listener hears of it meanwhile. */
  ChatResponse answer(ChatRequest request, TurnListener listener);

  /**
   * Continues a request in several ways, which differ by their seeds. What the continuations have
   * in common is computed once. An interrupt of the thread ends them early.
   *
   * @param branches 1 or more
   */
  List<ChatResponse> fork(ChatRequest request, int branches);

  /** The probabilities of whole replies to a request, among themselves. */
  LocalProbabilities probabilities(ChatRequest request, List<String> replies);

  @Override
  void close();

  /**
   * Conversations in the format that the model's file names.
   *
   * @throws IllegalArgumentException if the format is not known
   */
  static Conversations of(Model model, LocalChatOptions options, PromptCache promptCache) {
    return model.metadata().has(ConversationFormat.METADATA_KEY)
        ? new LocalChat(model, options, promptCache)
        : new TemplateChat(model, options);
  }
}
