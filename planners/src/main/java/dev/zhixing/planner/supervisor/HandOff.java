package dev.zhixing.planner.supervisor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.zhixing.agent.Run;
import dev.zhixing.agent.Step;
import dev.zhixing.agent.prompt.SpokenJson;
import dev.zhixing.planner.dialogue.Dialogue;
import dev.zhixing.planner.dialogue.Stretch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * That an agent got something to do.
 *
 * @param number 1 for the first of its run
 * @param to the agent's name, which may be one that does not exist
 * @param task what is to be done
 */
record HandOff(int number, String to, String task) {
  static final String TOOL = "hand_off";

  /** All of a run: by the supervisor's choice, or by an agent's own call. */
  static List<HandOff> of(Run run) {
    List<HandOff> all = new ArrayList<>();
    for (Step step : run.steps()) {
      String purpose = step.purpose().orElse("");
      int number = all.size() + 1;
      if (purpose.equals(SupervisorPlanner.ROUTE)) {
        all.add(new HandOff(number, Dialogue.reply(step), run.request()));
      } else if (purpose.startsWith(SupervisorPlanner.AGENT)) {
        step.reply().flatMap(reply -> passedOn(reply, number)).ifPresent(all::add);
      }
    }
    return all;
  }

  private static Optional<HandOff> passedOn(AiMessage reply, int number) {
    return reply.toolExecutionRequests().stream()
        .filter(request -> request.name().equals(TOOL))
        .map(ToolExecutionRequest::arguments)
        .map(arguments -> arguments == null ? "" : arguments)
        .map(SpokenJson::object)
        .map(found -> found.map(o -> read(o, number)).orElse(new HandOff(number, "", "")))
        .findFirst();
  }

  private static HandOff read(JsonNode arguments, int number) {
    return new HandOff(
        number, arguments.path("agent").asText(""), arguments.path("task").asText(""));
  }

  /** What its agent did about it. */
  Stretch work(Run run) {
    return Stretch.of(run, SupervisorPlanner.AGENT + number + " " + to);
  }

  /** The tool by which an agent passes something on to one of {@code others}. */
  static ToolSpecification tool(List<String> others, String description) {
    return ToolSpecification.builder()
        .name(TOOL)
        .description(description)
        .parameters(
            JsonObjectSchema.builder()
                .addEnumProperty("agent", others)
                .addStringProperty("task")
                .required("agent", "task")
                .build())
        .build();
  }
}
