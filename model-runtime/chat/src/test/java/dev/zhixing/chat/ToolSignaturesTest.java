package dev.zhixing.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToolSignaturesTest {

  private static final ToolSpecification LIGHT =
      ToolSpecification.builder()
          .name("set_light")
          .description("Turn a light\n on or off.")
          .parameters(
              JsonObjectSchema.builder()
                  .addEnumProperty("room", List.of("kitchen", "study"))
                  .addProperty(
                      "brightness",
                      JsonRawSchema.from("{\"type\":\"integer\",\"minimum\":1,\"maximum\":100}"))
                  .required("room")
                  .build())
          .build();

  @Test
  void writesTypesRangesAndWhatIsOptional() {
    assertThat(ToolSignatures.render(List.of(LIGHT)))
        .isEqualTo(
            "set_light(room: kitchen|study, brightness?: int 1..100): Turn a light on or off.");
  }

  @Test
  void namesAParameterOnlyWhereItWasSpeltOutBefore() {
    ToolSpecification curtain =
        ToolSpecification.builder()
            .name("set_curtain")
            .parameters(
                JsonObjectSchema.builder()
                    .addEnumProperty("room", List.of("kitchen", "study"))
                    .addEnumProperty("brightness", List.of("a", "b"))
                    .build())
            .build();

    assertThat(ToolSignatures.render(List.of(LIGHT, curtain)))
        .endsWith("\nset_curtain(room?, brightness?: a|b)");
  }

  @Test
  void writesNestedTypesAndDescriptions() {
    ToolSpecification tool =
        ToolSpecification.builder()
            .name("plan")
            .parameters(
                JsonObjectSchema.builder()
                    .addProperty(
                        "days", JsonArraySchema.builder().items(new JsonIntegerSchema()).build())
                    .addProperty("at", JsonStringSchema.builder().description("HH:MM").build())
                    .addBooleanProperty("loud")
                    .addProperty(
                        "place",
                        JsonObjectSchema.builder().addNumberProperty("lat").required("lat").build())
                    .required("days", "at", "loud", "place")
                    .build())
            .build();

    assertThat(ToolSignatures.render(List.of(tool)))
        .isEqualTo("plan(days: [int], at (HH:MM), loud: true|false, place: {lat: number})");
  }
}
