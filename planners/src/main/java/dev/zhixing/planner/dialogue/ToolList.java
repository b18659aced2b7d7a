package dev.zhixing.planner.dialogue;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.internal.JsonSchemaElementUtils;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Tools in words, for questions that only talk about them. */
public final class ToolList {
  private ToolList() {}

  /** A line for each tool: its name, its parameters, what it does. */
  public static String of(List<ToolSpecification> tools) {
    return tools.isEmpty()
        ? "-"
        : tools.stream().map(ToolList::line).collect(Collectors.joining("\n"));
  }

  private static String line(ToolSpecification tool) {
    String parameters =
        tool.parameters() == null
            ? ""
            : tool.parameters().properties().entrySet().stream()
                .map(p -> parameter(p, tool.parameters().required()))
                .collect(Collectors.joining(", "));
    String description = tool.description() == null ? "" : ": " + tool.description().strip();
    return "- " + tool.name() + "(" + parameters + ")" + description;
  }

  private static String parameter(
      Map.Entry<String, JsonSchemaElement> parameter, List<String> required) {
    Map<String, Object> schema = JsonSchemaElementUtils.toMap(parameter.getValue());
    Object kind = schema.containsKey("enum") ? schema.get("enum") : schema.get("type");
    boolean optional = required == null || !required.contains(parameter.getKey());
    return parameter.getKey() + (optional ? "?" : "") + (kind == null ? "" : ": " + kind);
  }
}
