package dev.zhixing.agent;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** What the tests of this package set an agent up with. */
public final class Setup {
  private Setup() {}

  /** Asks, runs what the model calls, asks again, until it calls nothing. */
  public static final Planner IN_TURNS =
      run -> {
        List<Step> steps = run.steps();
        if (steps.isEmpty() || steps.getLast().reply().isEmpty()) {
          return new Action.AskModel(run.messages(), run.tools());
        }
        AiMessage reply = steps.getLast().reply().get();
        return reply.hasToolExecutionRequests()
            ? new Action.CallTools(ToolCall.of(reply, steps.size()))
            : new Action.Finish(reply.text() == null ? "" : reply.text());
      };

  public static AgentBuilder agent(ScriptedModel model, Toolbox tools) {
    return Agent.builder().model(model).planner(IN_TURNS).tools(tools);
  }

  /** A tool that takes a {@code text} and gives what {@code body} makes of it. */
  public static ToolboxBuilder tool(String name, Effect effect, Function<String, String> body) {
    return with(Toolbox.builder(), name, effect, body);
  }

  public static ToolboxBuilder with(
      ToolboxBuilder tools, String name, Effect effect, Function<String, String> body) {
    ToolSpecification specification =
        ToolSpecification.builder()
            .name(name)
            .parameters(
                JsonObjectSchema.builder().addStringProperty("text").required("text").build())
            .build();
    return tools.add(
        specification,
        (request, _) -> body.apply(Arguments.parse(request.arguments()).get("text").asText()),
        effect);
  }

  public static String text(String text) {
    return "{\"text\":\"" + text + "\"}";
  }

  /** Waits without end unless interrupted. */
  static String forever() {
    waitFor(new CountDownLatch(1));
    return "never";
  }

  static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }
}
