package dev.zhixing.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonBooleanSchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

final class ToolCatalogTest {

  @Test
  void keepsTheOrderOfPropertiesAndEnums() {
    var light = ToolCatalog.standard().get("set_light");

    assertThat(light.parameters().properties().keySet())
        .containsExactly("room", "state", "brightness");
    assertThat(light.parameters().required()).containsExactly("room", "state");
    assertThat(light.parameters().properties().get("state"))
        .isEqualTo(JsonEnumSchema.builder().enumValues("on", "off").build());
  }

  @Test
  void keepsRangesAsRawSchemas() {
    var brightness =
        ToolCatalog.standard().get("set_light").parameters().properties().get("brightness");

    assertThat(brightness)
        .isEqualTo(JsonRawSchema.from("{\"type\":\"integer\",\"minimum\":1,\"maximum\":100}"));
  }

  @Test
  void readsEverySchemaOfATask() {
    var catalog =
        ToolCatalog.parse(
            """
            {"water": {"description": "Water.", "parameters": {"type": "object", "properties": {
              "days": {"type": "array", "items": {"type": "string", "enum": ["mon", "tue"]}},
              "note": {"type": "string", "description": "why"},
              "code": {"type": "string", "maxLength": 4},
              "pin": {"type": "integer", "enum": [1, 2]},
              "floor": {"type": "integer"},
              "now": {"type": "boolean"}}}},
             "stop": {"description": "Stop."}}
            """);

    var properties = catalog.get("water").parameters().properties();

    assertThat(properties.get("days"))
        .isEqualTo(
            JsonArraySchema.builder()
                .items(JsonEnumSchema.builder().enumValues("mon", "tue").build())
                .build());
    assertThat(properties.get("note"))
        .isInstanceOf(JsonStringSchema.class)
        .returns("why", schema -> schema.description());
    assertThat(properties.get("code")).isInstanceOf(JsonRawSchema.class);
    assertThat(properties.get("pin")).isInstanceOf(JsonRawSchema.class);
    assertThat(properties.get("floor")).isInstanceOf(JsonIntegerSchema.class);
    assertThat(properties.get("now")).isInstanceOf(JsonBooleanSchema.class);
    assertThat(catalog.get("stop").parameters().properties()).isEmpty();
    assertThat(catalog.names()).containsExactly("water", "stop");
  }

  @Test
  void saysWhatIsWrongWithASpecification() {
    assertThatThrownBy(() -> ToolCatalog.parse("[]")).hasMessageContaining("expected an object");
    assertThatThrownBy(() -> ToolCatalog.parse("{")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ToolCatalog.parse("{\"a\":{}}")).hasMessageStartingWith("a: expected");
    assertThatThrownBy(
            () ->
                ToolCatalog.parse(
                    """
                    {"a": {"description": "d", "parameters": {"type": "object", "required": ["q"]}}}
                    """))
        .hasMessage("a: required property 'q' is not among the properties");
    assertThatThrownBy(() -> ToolCatalog.standard().get("set_lamp"))
        .hasMessageStartingWith("unknown tool 'set_lamp'; expected one of: calculator");
  }

  @Test
  void equalsTheSharedSpecifications() throws IOException {
    Path shared = sharedTools();
    if (shared == null) {
      Assumptions.abort("no ../shared/eval/tools.json");
      return;
    }

    var expected = ToolCatalog.of(new JsonMapper().readTree(shared.toFile()));

    assertThat(ToolCatalog.standard().all()).containsAll(expected.all());
    assertThat(ToolCatalog.standard().names().stream().filter(expected::contains).toList())
        .isEqualTo(expected.names());
    assertThat(ToolCatalog.standard().names())
        .hasSize(expected.names().size() + 1)
        .containsAll(List.of("search_documents"));
  }

  private static @Nullable Path sharedTools() {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      Path tools = folder.resolve("shared/eval/tools.json");
      if (Files.exists(tools)) {
        return tools;
      }
    }
    return null;
  }
}
