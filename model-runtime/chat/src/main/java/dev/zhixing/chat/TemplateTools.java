package dev.zhixing.chat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.ToolSpecification;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tools as chat templates see them. */
final class TemplateTools {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};

  private TemplateTools() {}

  static List<Map<String, Object>> of(List<ToolSpecification> tools) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (ToolSpecification tool : tools) {
      Map<String, Object> function = new LinkedHashMap<>();
      function.put("name", tool.name());
      function.put("description", tool.description() == null ? "" : tool.description());
      function.put("parameters", JSON.convertValue(JsonSchemas.parameters(tool), TREE));
      Map<String, Object> whole = new LinkedHashMap<>();
      whole.put("type", "function");
      whole.put("function", function);
      all.add(whole);
    }
    return all;
  }
}
