package dev.zhixing.planner.react;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.zhixing.agent.Action;
import dev.zhixing.agent.Planner;
import dev.zhixing.agent.Run;
import dev.zhixing.agent.Step;
import dev.zhixing.agent.ToolCall;
import dev.zhixing.agent.prompt.Prompts;
import dev.zhixing.planner.dialogue.Dialogue;
import dev.zhixing.planner.dialogue.ToolList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reasoning and acting in turns, after Yao et al., <a
 * href="https://arxiv.org/abs/2210.03629">ReAct</a> (ICLR 2023), for models that have no tool calls
 * of their own: as in the paper the model writes {@code Thought}, {@code Action} and {@code Action
 * Input}, reads an {@code Observation}, and so on until {@code Final Answer}. A reply that is
 * neither a call nor an answer is asked for again once; the next such reply is the answer.
 * Stateless.
 */
public final class TextReActPlanner implements Planner {
  private static final String PURPOSE = "react-text";
  private static final Prompts PROMPTS = Prompts.of(TextReActPlanner.class);

  @Override
  public Action next(Run run) {
    List<Step> steps = run.steps();
    if (steps.isEmpty() || steps.getLast().replies().isEmpty()) {
      return Action.AskModel.aside(PURPOSE, messages(run));
    }
    Step last = steps.getLast();
    String reply = Dialogue.reply(last);
    return switch (TextTurn.read(reply, run.tools())) {
      case TextTurn.Answer(String text) -> new Action.Finish(text);
      case TextTurn.Call(String tool, String arguments) ->
          new Action.CallTools(List.of(new ToolCall("text-" + last.number(), tool, arguments)));
      case TextTurn.Neither() when reply.isEmpty() || wasNeither(run, steps.size() - 2) ->
          new Action.Finish(reply);
      case TextTurn.Neither() -> Action.AskModel.aside(PURPOSE, messages(run));
    };
  }

  private static boolean wasNeither(Run run, int index) {
    return index >= 0
        && !run.steps().get(index).replies().isEmpty()
        && TextTurn.read(Dialogue.reply(run.steps().get(index)), run.tools())
            instanceof TextTurn.Neither;
  }

  private static List<ChatMessage> messages(Run run) {
    String instruction =
        PROMPTS.text(
            "react-v1",
            run.request(),
            Map.of("request", run.request(), "tools", ToolList.of(run.tools())));
    List<ChatMessage> messages = new ArrayList<>(Dialogue.asking(run, instruction));
    String observation = PROMPTS.text("observation-v1", run.request(), Map.of());
    for (int i = 0; i < run.steps().size(); i++) {
      Step step = run.steps().get(i);
      messages.addAll(step.replies());
      step.observations()
          .forEach(o -> messages.add(UserMessage.from(observation + " " + o.text())));
      if (wasNeither(run, i)) {
        messages.add(UserMessage.from(PROMPTS.text("retry-v1", run.request(), Map.of())));
      }
    }
    return messages;
  }
}
