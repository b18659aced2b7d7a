package dev.zhixing.agent;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;

/** What is left of replies that reached a limit of tokens. */
final class CutReply {
  private CutReply() {}

  /**
   * Whether a run cannot go on after {@code reply}: its text was cut, or its last call, of which
   * the arguments are missing in part or in whole. A local model breaks off no call.
   */
  static boolean endsRun(AiMessage reply) {
    return !reply.hasToolExecutionRequests() || isCut(reply.toolExecutionRequests().getLast());
  }

  private static boolean isCut(ToolExecutionRequest call) {
    return call.arguments() == null || !Arguments.isObject(call.arguments());
  }

  /**
   * The best partial answer: what {@code reply} says to the person who asked, unless it is a piece
   * of JSON that was cut and {@code before}, what was said last before it, says more.
   */
  static String best(Action.AskModel ask, AiMessage reply, String before) {
    String text = reply.text() == null ? "" : reply.text();
    boolean isPiece = ask.form() instanceof ReplyForm.Json && !Arguments.isObject(text);
    return !ask.aloud() || text.isBlank() || (isPiece && !before.isBlank()) ? before : text;
  }
}
