package dev.zhixing.chat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.zhixing.chat.format.MessageText;
import dev.zhixing.engine.tokenizer.Tokenizer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The conversation format {@code zhixing-1} of this project's own models, written for shortness:
 *
 * <pre>{@code
 * <|bos|><|system|>…<|tools|>SIGNATURES<|user|>…<|assistant|>THOUGHT<|call|>NAME{ARGUMENTS}<|call|>…<|end|>
 * <|result|>…<|result|>…<|assistant|>ANSWER<|end|><|user|>…
 * }</pre>
 *
 * <p>Every piece is rendered on its own and appended, so that the rendering of a conversation is
 * always a prefix of the rendering of its continuation. Text of users and tools is tokenized as
 * ordinary text: the spelling of a special token in it stays text and can't end a turn. Immutable,
 * safe for all threads.
 */
public final class ConversationFormat {

  /** The value of {@link #METADATA_KEY} in files whose conversations are written so. */
  public static final String NAME = "zhixing-1";

  /** The GGUF metadata key that names a file's conversation format. */
  public static final String METADATA_KEY = "zhixing.chat_format";

  private final Tokenizer tokenizer;
  private final int bos;
  private final int end;
  private final int system;
  private final int tools;
  private final int user;
  private final int assistant;
  private final int call;
  private final int result;
  private final int[] specials;

  /**
   * @throws IllegalArgumentException if the vocabulary lacks one of the format's special tokens
   */
  public ConversationFormat(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
    bos = special("<|bos|>");
    end = special("<|end|>");
    system = special("<|system|>");
    tools = special("<|tools|>");
    user = special("<|user|>");
    assistant = special("<|assistant|>");
    call = special("<|call|>");
    result = special("<|result|>");
    specials = IntStream.range(0, tokenizer.size()).filter(tokenizer::isSpecial).toArray();
  }

  private int special(String spelling) {
    return tokenizer
        .special(spelling)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "conversation format "
                        + NAME
                        + ": expected the special token "
                        + spelling
                        + " in the vocabulary, found none; is this a model of another format?"));
  }

  /** The token that ends an assistant's turn. */
  int end() {
    return end;
  }

  /** The token that starts a tool call. */
  int call() {
    return call;
  }

  /** All special tokens of the vocabulary. Do not modify. */
  int[] specials() {
    return specials;
  }

  /** The start of a conversation: the begin token and the tools on offer (none: nothing). */
  public int[] opening(List<ToolSpecification> offered) {
    TokenBuffer out = new TokenBuffer().add(bos);
    if (!offered.isEmpty()) {
      out.add(tools).add(tokenizer.encode(ToolSignatures.render(offered)));
    }
    return out.toArray();
  }

  /**
   * One message. An assistant's message is rendered whole, with its cue and its end.
   *
   * @throws UnsupportedFeatureException for a kind of message or content that the format can't say
   */
  public int[] message(ChatMessage message) {
    return switch (message) {
      case SystemMessage m ->
          new TokenBuffer().add(system).add(tokenizer.encode(m.text())).toArray();
      case UserMessage m ->
          new TokenBuffer().add(user).add(tokenizer.encode(MessageText.of(m))).toArray();
      case ToolExecutionResultMessage m ->
          new TokenBuffer().add(result).add(tokenizer.encode(MessageText.of(m))).toArray();
      case AiMessage m -> new TokenBuffer().add(assistant).add(reply(m)).toArray();
      default ->
          throw new UnsupportedFeatureException(
              "conversation format "
                  + NAME
                  + ": expected a system, user, assistant or tool result message, found "
                  + message.type());
    };
  }

  /** The token after which the assistant speaks. */
  public int[] cue() {
    return new int[] {assistant};
  }

  /**
   * What the assistant itself writes after its cue: thought and calls, or an answer, and the end
   * token.
   */
  public int[] reply(AiMessage message) {
    TokenBuffer out = new TokenBuffer();
    String text = message.text();
    if (text != null && !text.isEmpty()) {
      out.add(tokenizer.encode(text));
    }
    for (ToolExecutionRequest request : message.toolExecutionRequests()) {
      out.add(call).add(tokenizer.encode(request.name() + request.arguments()));
    }
    return out.add(end).toArray();
  }
}
