package dev.zhixing.samples.cli;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.TokenCountEstimator;
import dev.zhixing.engine.tokenizer.Tokenizer;

/** Counts the tokens of a conversation with a model's own tokenizer. Safe for all threads. */
record TokenCounts(Tokenizer tokenizer) implements TokenCountEstimator {

  /** A few tokens around each message and each call say what they are. */
  private static final int AROUND = 4;

  @Override
  public int estimateTokenCountInText(String text) {
    return tokenizer.encode(text).length;
  }

  @Override
  public int estimateTokenCountInMessage(ChatMessage message) {
    return AROUND
        + switch (message) {
          case SystemMessage system -> estimateTokenCountInText(system.text());
          case UserMessage user -> user.hasSingleText() ? textOf(user) : 0;
          case ToolExecutionResultMessage result -> estimateTokenCountInText(result.text());
          case AiMessage reply -> inReply(reply);
          default -> estimateTokenCountInText(message.toString());
        };
  }

  private int textOf(UserMessage user) {
    return estimateTokenCountInText(user.singleText());
  }

  private int inReply(AiMessage reply) {
    int count = reply.text() == null ? 0 : estimateTokenCountInText(reply.text());
    for (ToolExecutionRequest call : reply.toolExecutionRequests()) {
      count += AROUND + estimateTokenCountInText(call.name() + call.arguments());
    }
    return count;
  }

  @Override
  public int estimateTokenCountInMessages(Iterable<ChatMessage> messages) {
    int count = 0;
    for (ChatMessage message : messages) {
      count += estimateTokenCountInMessage(message);
    }
    return count;
  }
}
