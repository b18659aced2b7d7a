package dev.zhixing.chat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;

/** Hears of a turn while it is written; called by the thread that writes. */
interface TurnListener {

  /** Whole characters of the text, in order. */
  default void onText(String more) {}

  /** Whole characters of the thinking section, in order. */
  default void onThinking(String more) {}

  /** More of a call's arguments. */
  default void onPartialCall(int index, String id, String name, String more) {}

  /** A call that is complete. */
  default void onCall(int index, ToolExecutionRequest call) {}

  /** Whether to stop writing as soon as possible. */
  default boolean isCancelled() {
    return false;
  }
}
