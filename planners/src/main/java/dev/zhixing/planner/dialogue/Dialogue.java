package dev.zhixing.planner.dialogue;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.zhixing.agent.Action;
import dev.zhixing.agent.Run;
import dev.zhixing.agent.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A planner's own questions and the replies to them. */
public final class Dialogue {
  private Dialogue() {}

  /**
   * The conversation of {@code run} with {@code instruction} in place of the request, which it
   * should repeat: the system prompt and the history stay in front, so that a local model has them
   * in its cache.
   */
  public static List<ChatMessage> asking(Run run, String instruction) {
    List<ChatMessage> messages = new ArrayList<>(run.opening());
    if (!messages.isEmpty() && messages.getLast() instanceof UserMessage) {
      messages.removeLast();
    }
    messages.add(UserMessage.from(instruction));
    return messages;
  }

  /** {@code question} with the reply to it in {@code step} and what is wrong with that. */
  public static List<ChatMessage> again(List<ChatMessage> question, Step step, String wrong) {
    List<ChatMessage> messages = new ArrayList<>(question);
    messages.addAll(step.replies());
    messages.add(UserMessage.from(wrong));
    return messages;
  }

  /** The steps that put questions of this purpose, in order. */
  public static List<Step> questions(Run run, String purpose) {
    return run.steps().stream()
        .filter(step -> step.purpose().map(purpose::equals).orElse(false))
        .toList();
  }

  /** What the model replied in a step, stripped; empty where it said nothing. */
  public static String reply(Step step) {
    return step.reply().map(Dialogue::text).orElse("");
  }

  /** The text of a reply, stripped. */
  public static String text(AiMessage reply) {
    return reply.text() == null ? "" : reply.text().strip();
  }

  /** Ends {@code run} where its last step is the reply to the question for the answer. */
  public static Optional<Action> finished(Run run, String purpose) {
    if (run.steps().isEmpty()) {
      return Optional.empty();
    }
    Step last = run.steps().getLast();
    return last.purpose().map(purpose::equals).orElse(false)
        ? Optional.of(new Action.Finish(reply(last)))
        : Optional.empty();
  }
}
