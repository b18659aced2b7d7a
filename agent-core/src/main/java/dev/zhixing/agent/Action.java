package dev.zhixing.agent;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.request.ResponseFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a {@link Planner} wants done next. */
public sealed interface Action {

  /**
   * Put {@code messages} to the model and offer it {@code tools}; its reply is added to the run.
   *
   * <p>A planner that passes {@link Run#messages()} keeps the prefix stable, so that a local model
   * prefills only what is new.
   *
   * @param format what the reply must look like; null for free text and tool calls
   */
  record AskModel(
      List<ChatMessage> messages, List<ToolSpecification> tools, @Nullable ResponseFormat format)
      implements Action {
    public AskModel {
      messages = List.copyOf(messages);
      tools = List.copyOf(tools);
    }

    /** A question whose reply may be text and tool calls. */
    public AskModel(List<ChatMessage> messages, List<ToolSpecification> tools) {
      this(messages, tools, null);
    }
  }

  /** Run {@code calls}; an observation for each is added to the run, in the order of the calls. */
  record CallTools(List<ToolCall> calls) implements Action {
    public CallTools {
      calls = List.copyOf(calls);
      if (calls.isEmpty()) {
        throw new IllegalArgumentException(
            "CallTools: expected at least one call, found none; use Finish to end a run");
      }
    }
  }

  /** End the run with {@code answer}. */
  record Finish(String answer) implements Action {}
}
