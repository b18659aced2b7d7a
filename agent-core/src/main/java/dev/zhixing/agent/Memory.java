package dev.zhixing.agent;

import dev.langchain4j.data.message.ChatMessage;
import java.util.List;

/** What an agent carries from one request to the next. */
public interface Memory {

  /** Remembers nothing beyond the conversation and lets it grow without limit. */
  Memory NONE = new Memory() {};

  /**
   * What the model should see before {@code request}: as a rule {@code history} itself, cut only
   * where it has become too long, with what is remembered about the request at its end. Called
   * before the first token of every run, so it must be quick; whatever is changed before the end of
   * {@code history} costs a local model its cache.
   */
  default List<ChatMessage> recall(String request, List<ChatMessage> history) {
    return history;
  }

  /** Takes note of a run that ended. Called on the thread of the run, after the answer. */
  default void record(RunResult result) {}
}
