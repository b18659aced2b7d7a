package dev.zhixing.bridge;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.zhixing.agent.SessionKeeper;
import dev.zhixing.chat.LocalChatModel;
import java.nio.file.Path;
import java.util.List;

/**
 * Keeps the tokens of a run on a local model with their keys and values. Safe for all threads. The
 * model is the caller's.
 *
 * @see LocalChatModel#save
 */
public final class LocalSessionKeeper implements SessionKeeper {
  private final LocalChatModel model;

  /** Keeps what this model reads. */
  public LocalSessionKeeper(LocalChatModel model) {
    this.model = model;
  }

  @Override
  public void keep(ChatRequest conversation, Path file, long mostBytes) {
    try {
      model.save(conversation, file, mostBytes);
    } catch (InvalidRequestException e) {
      List<ChatMessage> messages = conversation.messages();
      if (messages.size() < 2 || !(messages.getLast() instanceof AiMessage)) {
        throw e;
      }
      // a chat template that wants another role to speak next: without the model's last words
      model.save(
          conversation.toBuilder().messages(messages.subList(0, messages.size() - 1)).build(),
          file,
          mostBytes);
    }
  }

  @Override
  public void bringBack(Path file) {
    model.restore(file);
  }
}
