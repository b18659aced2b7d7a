package dev.zhixing.agent;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * One call of a tool as the model asked for it.
 *
 * @param id tells this call from an equal one; the model's own id, or an invented one where it gave
 *     none
 * @param name the tool's name, which may be one that does not exist
 * @param arguments the arguments as JSON text, not yet checked
 */
public record ToolCall(String id, String name, String arguments) {

  /**
   * The calls of {@code reply}, in order. {@code step} only serves to invent ids where the model
   * gave none.
   */
  public static List<ToolCall> of(AiMessage reply, int step) {
    List<ToolCall> calls = new ArrayList<>();
    for (ToolExecutionRequest request : reply.toolExecutionRequests()) {
      String id = request.id();
      String arguments = request.arguments();
      calls.add(
          new ToolCall(
              id == null || id.isBlank() ? "call-" + step + "-" + calls.size() : id,
              request.name(),
              arguments == null || arguments.isBlank() ? "{}" : arguments));
    }
    return List.copyOf(calls);
  }

  /** The same call with other arguments. */
  public ToolCall withArguments(String newArguments) {
    return new ToolCall(id, name, newArguments);
  }

  ToolExecutionRequest toRequest() {
    return ToolExecutionRequest.builder().id(id).name(name).arguments(arguments).build();
  }

  /**
   * Equal for calls that do the same: the name and the arguments without regard to white space and
   * the order of properties.
   */
  String sameness() {
    return name + " " + Arguments.canonical(arguments);
  }

  @Override
  public String toString() {
    return name + " " + arguments;
  }
}
