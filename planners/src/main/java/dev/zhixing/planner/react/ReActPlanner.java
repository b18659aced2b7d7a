package dev.zhixing.planner.react;

import dev.langchain4j.data.message.AiMessage;
import dev.zhixing.agent.Action;
import dev.zhixing.agent.Planner;
import dev.zhixing.agent.Run;
import dev.zhixing.agent.Step;
import dev.zhixing.agent.ToolCall;
import java.util.List;

/**
 * Reasoning and acting in turns, after Yao et al., <a
 * href="https://arxiv.org/abs/2210.03629">ReAct: Synergizing Reasoning and Acting in Language
 * Models</a> (ICLR 2023), with the model's own tool calls: the model is shown the whole run; what
 * it says before a call is its thought; its calls are run and their observations shown to it; a
 * reply without a call is the answer. Stateless.
 */
public final class ReActPlanner implements Planner {

  @Override
  public Action next(Run run) {
    List<Step> steps = run.steps();
    if (steps.isEmpty() || steps.getLast().reply().isEmpty()) {
      return new Action.AskModel(run.messages(), run.tools());
    }
    AiMessage reply = steps.getLast().reply().get();
    if (reply.hasToolExecutionRequests()) {
      return new Action.CallTools(ToolCall.of(reply, steps.size()));
    }
    return new Action.Finish(reply.text() == null ? "" : reply.text());
  }
}
