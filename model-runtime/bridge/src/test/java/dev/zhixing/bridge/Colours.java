package dev.zhixing.bridge;

import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.zhixing.agent.Action;
import dev.zhixing.agent.Run;
import dev.zhixing.agent.ToolCall;
import java.util.List;
import java.util.stream.IntStream;

/** Runs in which a random model says colours: eight, the tool "light", eight again. */
final class Colours {
  private Colours() {}

  /** Colours, the light, colours again. */
  static Action next(Run run) {
    return switch (run.steps().size()) {
      case 0, 2 -> new Action.AskModel(run.messages(), List.of(), format());
      case 1 -> new Action.CallTools(List.of(new ToolCall("1", "light", "{}")));
      default -> new Action.Finish("done");
    };
  }

  static ResponseFormat format() {
    JsonObjectSchema.Builder colours = JsonObjectSchema.builder();
    List<String> names = IntStream.range(0, 8).mapToObj(i -> "c" + i).toList();
    names.forEach(name -> colours.addEnumProperty(name, List.of("red", "green", "blue")));
    return ResponseFormat.builder()
        .type(ResponseFormatType.JSON)
        .jsonSchema(
            JsonSchema.builder()
                .name("colours")
                .rootElement(colours.required(names).build())
                .build())
        .build();
  }

  /** What the model said, reply by reply. */
  static List<String> said(Run run) {
    return run.steps().stream()
        .flatMap(step -> step.reply().stream())
        .map(reply -> String.valueOf(reply.text()))
        .toList();
  }
}
