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
   * @param purpose what the planner asks for, in its own words, so that it knows its question again
   *     among the run's steps; such a reply does not become part of the conversation. Empty for the
   *     conversation's own next turn
   * @param aloud whether the reply is meant for the person who asked: then its text is told as
   *     {@link AgentEvent.Said}, otherwise as {@link AgentEvent.Thinking}
   * @param form what the reply should look like
   */
  record AskModel(
      List<ChatMessage> messages,
      List<ToolSpecification> tools,
      String purpose,
      boolean aloud,
      ReplyForm form)
      implements Action {
    public AskModel {
      messages = List.copyOf(messages);
      tools = List.copyOf(tools);
    }

    /** The conversation's next turn. */
    public AskModel(List<ChatMessage> messages, List<ToolSpecification> tools) {
      this(messages, tools, "", true, new ReplyForm.Text());
    }

    /**
     * The conversation's next turn.
     *
     * @param format what the reply must look like; null for free text and tool calls
     */
    public AskModel(
        List<ChatMessage> messages,
        List<ToolSpecification> tools,
        @Nullable ResponseFormat format) {
      this(
          messages,
          tools,
          "",
          true,
          format == null ? new ReplyForm.Text() : new ReplyForm.Json(format, false));
    }

    /** What the reply must look like, as JSON; null for any other form. */
    public @Nullable ResponseFormat format() {
      return form instanceof ReplyForm.Json(ResponseFormat format, boolean _) ? format : null;
    }

    /** A question of the planner's own, without tools. */
    public static AskModel aside(String purpose, List<ChatMessage> messages) {
      return aside(purpose, messages, List.of());
    }

    /** A question of the planner's own. */
    public static AskModel aside(
        String purpose, List<ChatMessage> messages, List<ToolSpecification> tools) {
      return new AskModel(messages, tools, purpose, false, new ReplyForm.Text());
    }

    /** The same, its reply meant for the person who asked. */
    public AskModel saidAloud() {
      return new AskModel(messages, tools, purpose, true, form);
    }

    /** The same, with another form of the reply. */
    public AskModel in(ReplyForm newForm) {
      return new AskModel(messages, tools, purpose, aloud, newForm);
    }
  }

  /**
   * Run {@code calls}; an observation for each is added to the run, in the order of the calls.
   *
   * @param sequel the calls that join them while they run, {@link Sequel#NONE} where none do; the
   *     run's step then has them all
   */
  record CallTools(List<ToolCall> calls, Sequel sequel) implements Action {
    /** These calls alone. */
    public CallTools(List<ToolCall> calls) {
      this(calls, Sequel.NONE);
    }

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
