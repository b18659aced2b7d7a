package dev.zhixing.chat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.TokenCountEstimator;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.zhixing.engine.Model;
import dev.zhixing.engine.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts tokens as a local model reads them: messages are rendered by its chat template, and what
 * it generated itself counts as the tokens that it generated, if the estimator is the chat model's
 * own. Safe for all threads.
 */
public final class LocalTokenCountEstimator implements TokenCountEstimator {
  /** Around a text that no template will render: its role and what parts it from others. */
  private static final int AROUND = 4;

  private static final UserMessage QUESTION = UserMessage.from("a");
  private static final AiMessage ANSWER = AiMessage.from("b");

  private final LocalChat chat;
  private final Tokenizer tokenizer;

  LocalTokenCountEstimator(LocalChat chat, Tokenizer tokenizer) {
    this.chat = chat;
    this.tokenizer = tokenizer;
  }

  /**
   * Counts for a model by itself. {@link LocalChatModel#tokenCountEstimator()} counts what a chat
   * model has generated, too.
   *
   * @param model must stay open
   * @throws IllegalArgumentException if the model's conversation format is not known
   */
  public static LocalTokenCountEstimator of(Model model) {
    return new LocalTokenCountEstimator(
        new LocalChat(model, LocalChatOptions.standard()), model.tokenizer());
  }

  /** The tokens of a text by itself; special ones that it spells count as text. */
  @Override
  public int estimateTokenCountInText(String text) {
    return tokenizer.encode(text).length;
  }

  /**
   * The tokens that a message adds to a conversation in which it may stand. Where the chat template
   * refuses it, those of its texts and a few around them.
   */
  @Override
  public int estimateTokenCountInMessage(ChatMessage message) {
    List<ChatMessage> before = new ArrayList<>();
    List<ChatMessage> after = new ArrayList<>();
    switch (message) {
      case SystemMessage _ -> after.add(QUESTION);
      case AiMessage _ -> before.add(QUESTION);
      case ToolExecutionResultMessage m -> {
        before.add(QUESTION);
        before.add(call(m));
      }
      default -> {
        before.add(QUESTION);
        before.add(ANSWER);
      }
    }
    List<ChatMessage> without = new ArrayList<>(before);
    without.addAll(after);
    before.add(message);
    before.addAll(after);
    try {
      return Math.max(0, chat.count(request(before)) - chat.count(request(without)));
    } catch (InvalidRequestException e) {
      return inWords(message);
    }
  }

  private static AiMessage call(ToolExecutionResultMessage result) {
    return AiMessage.from(
        ToolExecutionRequest.builder()
            .id(result.id())
            .name(result.toolName())
            .arguments("{}")
            .build());
  }

  private int inWords(ChatMessage message) {
    return AROUND
        + switch (message) {
          case SystemMessage m -> estimateTokenCountInText(m.text());
          case UserMessage m -> {
            int count = 0;
            for (Content content : m.contents()) {
              count += content instanceof TextContent t ? estimateTokenCountInText(t.text()) : 0;
            }
            yield count;
          }
          case ToolExecutionResultMessage m -> estimateTokenCountInText(m.text());
          case AiMessage m -> {
            int count = m.text() == null ? 0 : estimateTokenCountInText(m.text());
            for (ToolExecutionRequest call : m.toolExecutionRequests()) {
              count += AROUND + estimateTokenCountInText(call.name() + call.arguments());
            }
            yield count;
          }
          default -> estimateTokenCountInText(String.valueOf(message));
        };
  }

  /**
   * All tokens that the model would read of a request with these messages and nothing else, the cue
   * after which it answers included. Where the chat template refuses them, as some do a system
   * message alone, those of each message.
   */
  @Override
  public int estimateTokenCountInMessages(Iterable<ChatMessage> messages) {
    List<ChatMessage> all = new ArrayList<>();
    messages.forEach(all::add);
    if (all.isEmpty()) {
      return 0;
    }
    try {
      return chat.count(request(all));
    } catch (InvalidRequestException e) {
      return all.stream().mapToInt(this::estimateTokenCountInMessage).sum();
    }
  }

  private static ChatRequest request(List<ChatMessage> messages) {
    return ChatRequest.builder().messages(messages).build();
  }

  /**
   * All tokens that the model would read of a request: its messages and the tools on offer.
   *
   * @throws InvalidRequestException if the chat template refuses it, or a parameter is out of its
   *     range
   */
  public int estimateTokenCountInRequest(ChatRequest request) {
    return chat.count(request);
  }
}
