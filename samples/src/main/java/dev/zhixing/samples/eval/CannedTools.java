package dev.zhixing.samples.eval;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.zhixing.agent.Effect;
import dev.zhixing.agent.Toolbox;
import dev.zhixing.tool.ToolCatalog;
import dev.zhixing.tool.calculator.Expression;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tools of one task: its canned results in the order of the calls, the last one again and again
 * once they are used up, {@code {"ok":true}} where there are none. Arithmetic is computed. Made for
 * one run; calls come one at a time.
 */
final class CannedTools {

  private static final String CALCULATOR = "calculator";

  private final EvalTask task;
  private final Map<String, Integer> callsSoFar = new HashMap<>();

  CannedTools(EvalTask task) {
    this.task = task;
  }

  /**
   * The tools that the task offers.
   *
   * @throws IllegalArgumentException if a tool is neither in the catalogue nor in the task
   */
  Toolbox toolbox(ToolCatalog catalog) {
    JsonNode own = task.toolSpecs();
    ToolCatalog known = own == null ? catalog : catalog.with(ToolCatalog.of(own));
    var tools = Toolbox.builder();
    for (String name : task.tools()) {
      // WRITE, so that the calls of one turn run in their order.
      tools.add(known.get(name), (request, memoryId) -> answer(request), Effect.WRITE);
    }
    return tools.build();
  }

  private String answer(ToolExecutionRequest request) {
    String tool = request.name();
    int nth = callsSoFar.merge(tool, 1, Integer::sum) - 1;
    List<JsonNode> results = task.results().getOrDefault(tool, List.of());
    if (!results.isEmpty()) {
      return text(results.get(Math.min(nth, results.size() - 1)));
    }
    return tool.equals(CALCULATOR) ? calculate(request.arguments()) : "{\"ok\":true}";
  }

  private static String calculate(String arguments) {
    String expression = Outcome.json(arguments).path("expression").asText();
    return Expression.evaluate(expression).toPlainString();
  }

  private static String text(JsonNode result) {
    return result.isTextual() ? result.textValue() : result.toString();
  }
}
