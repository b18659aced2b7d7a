package dev.zhixing.chat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The ids of turns that the model generated, by the key that their {@link AiMessage} carries in its
 * attributes. Holds the latest few thousand turns. Safe for all threads.
 */
final class TurnArchive {

  /** The attribute of an {@link AiMessage} that holds its key. */
  static final String KEY = "zhixing.turn";

  private static final int MOST_TURNS = 4096;
  private static final int[] NONE = {};

  @SuppressWarnings("ArrayRecordComponent") // copied on the way in and out, never compared
  private record Turn(@Nullable String text, List<ToolExecutionRequest> calls, int[] ids) {
    boolean isOf(AiMessage message) {
      return Objects.equals(text, message.text()) && calls.equals(message.toolExecutionRequests());
    }
  }

  private final Map<String, Turn> turns =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Turn> eldest) {
          return size() > MOST_TURNS;
        }
      };

  synchronized void store(String key, AiMessage message, int[] ids) {
    turns.put(key, new Turn(message.text(), message.toolExecutionRequests(), ids.clone()));
  }

  /**
   * The ids of a message; empty where it was not generated here, is too long ago, or was changed
   * since.
   */
  synchronized int[] find(AiMessage message) {
    Object key = message.attributes().get(KEY);
    Turn turn = key == null ? null : turns.get(key);
    return turn != null && turn.isOf(message) ? turn.ids().clone() : NONE;
  }
}
