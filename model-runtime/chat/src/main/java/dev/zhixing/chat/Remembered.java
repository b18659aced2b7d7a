package dev.zhixing.chat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of turns that the model generated: by the key that their {@link AiMessage} carries
 * in its attributes, or, within a session that has a name, by what it says. Holds the latest few
 * thousand. Safe for all threads.
 *
 * @param <T> what is known, immutable
 */
final class Remembered<T> {
  /** The attribute of an {@link AiMessage} that holds its key. */
  static final String KEY = "zhixing.turn";

  private static final int MOST_TURNS = 4096;

  private record Said(@Nullable String text, @Nullable String thinking, List<?> calls) {
    static Said by(AiMessage message) {
      List<ToolExecutionRequest> calls = message.toolExecutionRequests();
      return new Said(message.text(), message.thinking(), calls);
    }
  }

  private record InSession(String session, Said said) {}

  private record Turn<T>(Said said, T known) {}

  private final Recent<Object, Turn<T>> turns = new Recent<>(MOST_TURNS);

  /**
   * @param session its name, null for none
   */
  void put(@Nullable String session, AiMessage message, T known) {
    Turn<T> turn = new Turn<>(Said.by(message), known);
    if (message.attributes().containsKey(KEY)) {
      turns.put(key(message), turn);
    }
    if (session != null) {
      turns.put(new InSession(session, turn.said()), turn);
    }
  }

  /**
   * What is known of a message; null where it was not generated here, is too long ago, or was
   * changed since.
   *
   * @param session its name, null for none
   */
  @Nullable T find(@Nullable String session, AiMessage message) {
    Said said = Said.by(message);
    Turn<T> turn = turns.find(key(message));
    if (turn == null && session != null) {
      turn = turns.find(new InSession(session, said));
    }
    return turn != null && Objects.equals(turn.said(), said) ? turn.known() : null;
  }

  private static String key(AiMessage message) {
    return String.valueOf(message.attributes().get(KEY));
  }
}
