package dev.zhixing.chat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import java.util.List;

/**
 * A turn that the model wrote.
 *
 * @param text thought or answer
 * @param calls complete tool calls, in order
 * @param ids all generated ids, the end token included where it was reached
 * @param forcedTokens how many of them the grammar left no choice for
 * @param finished whether the end token was reached, rather than a limit
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
record Turn(
    String text, List<ToolExecutionRequest> calls, int[] ids, int forcedTokens, boolean finished) {}
