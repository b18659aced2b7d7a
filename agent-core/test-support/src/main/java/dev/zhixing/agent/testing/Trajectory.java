package dev.zhixing.agent.testing;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.zhixing.agent.Action;
import dev.zhixing.agent.Observation;
import dev.zhixing.agent.RunResult;
import dev.zhixing.agent.Step;

/** A run as text for people who wonder why a test failed. */
final class Trajectory {

  private static final int MOST_CHARACTERS = 200;

  private Trajectory() {}

  static String of(RunResult result) {
    StringBuilder out = new StringBuilder("The run was:\n");
    out.append("  request  ").append(shortened(result.run().request())).append('\n');
    for (Step step : result.run().steps()) {
      append(out, step);
    }
    out.append("  ").append(result.getClass().getSimpleName()).append("  ");
    out.append(shortened(result.text()));
    if (!(result instanceof RunResult.Answered)) {
      out.append(" (").append(shortened(result.reason())).append(')');
    }
    return out.append('\n').toString();
  }

  private static void append(StringBuilder out, Step step) {
    switch (step.action()) {
      case Action.AskModel _ -> append(out, step, step.reply().orElseThrow());
      case Action.CallTools _ -> {
        for (Observation observation : step.observations()) {
          out.append("  %d tool    ".formatted(step.number()));
          out.append(new MadeCall(observation.call(), observation));
          out.append(observation instanceof Observation.Success ? " -> " : " FAILED: ");
          out.append(shortened(observation.text())).append('\n');
        }
      }
      case Action.Finish(String answer) ->
          out.append("  %d finish  ".formatted(step.number()))
              .append(shortened(answer))
              .append('\n');
    }
  }

  private static void append(StringBuilder out, Step step, AiMessage reply) {
    out.append("  %d model   ".formatted(step.number()));
    out.append(shortened(reply.text() == null ? "" : reply.text()));
    for (ToolExecutionRequest request : reply.toolExecutionRequests()) {
      out.append(" [").append(request.name()).append(' ').append(request.arguments()).append(']');
    }
    out.append("  (%d tokens in, %d out)%n".formatted(step.usage().input(), step.usage().output()));
  }

  private static String shortened(String text) {
    String line = text.replace("\n", "\\n");
    return line.length() <= MOST_CHARACTERS ? line : line.substring(0, MOST_CHARACTERS) + "…";
  }
}
