package dev.zhixing.chat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.zhixing.engine.decoding.DecodingCounts;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * A turn that a model wrote.
 *
 * @param thoughts what it thought, possibly nothing
 * @param text what it said, possibly nothing
 * @param calls complete tool calls, in order
 * @param ids all generated ids, the end token included where it was reached
 * @param counts what it took
 * @param end why it ended
 * @param said how many of the ids thoughts, text and complete calls say: not a call that was cut
 *     off, and none of a text that was cut at a stop sequence
 * @param prefill until the first token
 * @param decode from there on
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
record Turn(
    String thoughts,
    String text,
    List<ToolExecutionRequest> calls,
    int[] ids,
    DecodingCounts counts,
    End end,
    int said,
    Duration prefill,
    Duration decode) {

  /** The generated ids that the turn's message says. */
  int[] saidIds() {
    return Arrays.copyOf(ids, said);
  }

  enum End {
    /** The model's own end token. */
    TURN,
    /** A stop sequence of the request. */
    STOP_SEQUENCE,
    /** The tokens allowed, the context, or the caller's wish. */
    LIMIT
  }
}
