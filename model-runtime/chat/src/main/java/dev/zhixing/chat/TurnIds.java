package dev.zhixing.chat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.zhixing.chat.format.TurnFormat;
import dev.zhixing.engine.tokenizer.Tokenizer;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a generated turn in an attribute of its message, for another process, which only
 * has the message. A turn that is split as the tokenizer splits its text needs none. Whoever holds
 * a message can change them, so they count only where they spell what the message says and nothing
 * else. Immutable, safe for all threads.
 */
final class TurnIds {
  private static final System.Logger LOG = System.getLogger(TurnIds.class.getName());

  /** The attribute of an {@link AiMessage}: a list of numbers. */
  static final String KEY = "zhixing.turn_ids";

  /** Tokens beyond four for each character that is said: for marks of calls and white space. */
  private static final int MOST_MORE = 1024;

  private final Tokenizer tokenizer;
  private final TurnFormat format;

  TurnIds(Tokenizer tokenizer, TurnFormat format) {
    this.tokenizer = tokenizer;
    this.format = format;
  }

  /** The message with its tokens; as it is where they do not spell it. */
  AiMessage attach(AiMessage message, int[] ids) {
    if (ids.length > most(message) || !spell(message, ids)) {
      return message;
    }
    Map<String, Object> attributes = new HashMap<>(message.attributes());
    attributes.put(KEY, Arrays.stream(ids).boxed().toList());
    return message.toBuilder().attributes(attributes).build();
  }

  /** The tokens that a message carries; null where it has none that spell it. */
  int @Nullable [] of(AiMessage message) {
    if (!(message.attributes().get(KEY) instanceof List<?> numbers)) {
      return null;
    }
    int[] ids = numbers.size() > most(message) ? new int[0] : ids(numbers);
    if (ids.length == 0 || !spell(message, ids)) {
      LOG.log(Level.DEBUG, "turn: its tokens are not used, as they do not spell its message");
      return null;
    }
    return ids;
  }

  /** The numbers as ids of the vocabulary; nothing if one is none. */
  private int[] ids(List<?> numbers) {
    int[] ids = new int[numbers.size()];
    for (int i = 0; i < ids.length; i++) {
      if (!(numbers.get(i) instanceof Number number)
          || number.intValue() != number.doubleValue()
          || number.intValue() < 0
          || number.intValue() >= tokenizer.size()) {
        return new int[0];
      }
      ids[i] = number.intValue();
    }
    return ids;
  }

  private static long most(AiMessage message) {
    long characters = length(message.text()) + length(message.thinking());
    for (ToolExecutionRequest call : message.toolExecutionRequests()) {
      characters += length(call.name()) + length(call.arguments());
    }
    return 4 * characters + MOST_MORE;
  }

  private static long length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }

  private boolean spell(AiMessage message, int[] ids) {
    return new TurnSpelling(tokenizer, format, ids).isOf(message);
  }
}
