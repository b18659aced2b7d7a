package dev.zhixing.planner.dialogue;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.zhixing.agent.Action;
import dev.zhixing.agent.Observation;
import dev.zhixing.agent.Run;
import dev.zhixing.agent.Step;
import dev.zhixing.agent.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The part of a run in which the model thinks, acts and observes about one question of a planner.
 *
 * @param purpose the question's
 * @param steps the questions to the model with that purpose, and the rounds of calls after each
 */
public record Stretch(String purpose, List<Step> steps) {
  public Stretch {
    steps = List.copyOf(steps);
  }

  /** The part of {@code run} about {@code purpose}. */
  public static Stretch of(Run run, String purpose) {
    List<Step> own = new ArrayList<>();
    String current = "";
    for (Step step : run.steps()) {
      current = step.purpose().orElse(current);
      if (current.equals(purpose)) {
        own.add(step);
      }
    }
    return new Stretch(purpose, own);
  }

  /**
   * What comes next: a question, or the calls that the last reply asks for; empty where it answered
   * without a call.
   *
   * @param question the messages that this part began with
   */
  public Optional<Action.AskModel> nextQuestion(
      List<ChatMessage> question, List<ToolSpecification> tools) {
    if (!steps.isEmpty() && !steps.getLast().replies().isEmpty()) {
      return Optional.empty();
    }
    List<ChatMessage> messages = new ArrayList<>(question);
    messages.addAll(messages());
    return Optional.of(Action.AskModel.aside(purpose, messages, tools));
  }

  /** The calls that the last reply asks for, if it does. */
  public Optional<Action> calls() {
    if (steps.isEmpty()) {
      return Optional.empty();
    }
    Step last = steps.getLast();
    return last.reply()
        .filter(AiMessage::hasToolExecutionRequests)
        .map(reply -> new Action.CallTools(ToolCall.of(reply, last.number())));
  }

  /** What was said and observed, after the question that it began with. */
  public List<ChatMessage> messages() {
    List<ChatMessage> messages = new ArrayList<>();
    for (Step step : steps) {
      messages.addAll(step.replies());
      step.messages().stream()
          .filter(ToolExecutionResultMessage.class::isInstance)
          .forEach(messages::add);
    }
    return messages;
  }

  /** The reply without a call that ended this part; empty where it goes on. */
  public Optional<String> answer() {
    return steps.isEmpty()
        ? Optional.empty()
        : steps.getLast().reply().filter(r -> !r.hasToolExecutionRequests()).map(Dialogue::text);
  }

  /** The first call that failed, if one did. */
  public Optional<Observation.Failure> failure() {
    return steps.stream()
        .flatMap(step -> step.observations().stream())
        .filter(Observation.Failure.class::isInstance)
        .map(Observation.Failure.class::cast)
        .findFirst();
  }
}
