package dev.zhixing.chat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.zhixing.engine.decoding.DecodingCounts;
import java.time.Duration;
import java.util.List;

/**
 * A turn that a model with a chat template wrote.
 *
 * @param thoughts what it thought, possibly nothing
 * @param text what it said, possibly nothing
 * @param calls complete tool calls, in order
 * @param ids all generated ids, the end token included where it was reached
 * @param counts what it took
 * @param end why it ended
 * @param prefill until the first token
 * @param decode from there on
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
record TemplateTurn(
    String thoughts,
    String text,
    List<ToolExecutionRequest> calls,
    int[] ids,
    DecodingCounts counts,
    End end,
    Duration prefill,
    Duration decode) {

  enum End {
    /** The model's own end token. */
    TURN,
    /** A stop sequence of the request. */
    STOP_SEQUENCE,
    /** The tokens allowed, the context, or the caller's wish. */
    LIMIT
  }
}
