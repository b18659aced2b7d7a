package dev.zhixing.agent;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import java.util.Map;

/**
 * An agent as a tool: of another agent ({@link ToolboxBuilder#add(ToolSpecification, ToolExecutor,
 * Effect)}) or of any LangChain4j app ({@code AiServices.tools(agentTool.asMap())}). Each call is a
 * run in a conversation of its own, within the agent's budget; an interrupt of the caller cancels
 * it. An end other than an answer is an error that the caller's model can read. Safe for all
 * threads.
 *
 * @param specification the tool as models see it, with one argument, {@code request}
 * @param executor runs the agent
 */
public record AgentTool(ToolSpecification specification, ToolExecutor executor) {
  /**
   * Makes a tool of an agent.
   *
   * @param name the tool's name
   * @param description what the agent can be asked
   */
  public static AgentTool of(String name, String description, Agent agent) {
    return new AgentTool(
        ToolSpecification.builder()
            .name(name)
            .description(description)
            .parameters(
                JsonObjectSchema.builder()
                    .addStringProperty("request", "What is to be done, in a sentence or more")
                    .required("request")
                    .build())
            .build(),
        new Executor(agent));
  }

  /** Returns specification and executor as LangChain4j takes several tools. */
  public Map<ToolSpecification, ToolExecutor> asMap() {
    return Map.of(specification, executor);
  }

  private record Executor(Agent agent) implements ToolExecutor {
    @Override
    public String execute(ToolExecutionRequest call, Object memoryId) {
      return run(call).resultText();
    }

    @Override
    public ToolExecutionResult executeWithContext(
        ToolExecutionRequest call, InvocationContext context) {
      return run(call);
    }

    private ToolExecutionResult run(ToolExecutionRequest call) {
      JsonNode request = Arguments.parse(call.arguments()).path("request");
      if (!request.isTextual() || request.textValue().isBlank()) {
        return error(
            "%s: expected the argument request with some text, found %s"
                .formatted(call.name(), call.arguments()));
      }
      RunResult result = agent.run(request.textValue());
      return switch (result) {
        case RunResult.Answered(Run _, String answer) ->
            ToolExecutionResult.builder().resultText(answer).build();
        case RunResult.Refused(Run _, String text, String _) -> error(text);
        default -> error("%s did not finish: %s".formatted(call.name(), result.reason()));
      };
    }

    private static ToolExecutionResult error(String text) {
      return ToolExecutionResult.builder().isError(true).resultText(text).build();
    }
  }
}
