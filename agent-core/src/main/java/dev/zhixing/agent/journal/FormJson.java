package dev.zhixing.agent.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.zhixing.agent.ReplyForm;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;

/** Forms of replies as JSON objects, whose property {@code kind} names the form, and back. */
final class FormJson {
  private static final String KIND = "kind";
  private static final String SCHEMA = "schema";
  private static final String ROOT = "root";

  private FormJson() {}

  /** Whether {@code form} is JSON of a schema, which is a program's own and no one's words. */
  static boolean isSchema(JsonNode form) {
    return form.has(SCHEMA);
  }

  static String write(ReplyForm form) {
    ObjectNode object = EntryJson.object();
    object.put(KIND, form.getClass().getSimpleName());
    switch (form) {
      case ReplyForm.Text _ -> {}
      case ReplyForm.Json(ResponseFormat format, boolean wherePossible) -> {
        object.put("wherePossible", wherePossible);
        object.put("type", format.type().name());
        if (format.jsonSchema() != null) {
          object.set(SCHEMA, schema(format.jsonSchema()));
        }
      }
      case ReplyForm.Branches(int count) -> object.put("count", count);
      case ReplyForm.OneOf(List<String> options) ->
          options.forEach(object.withArray("options")::add);
    }
    return EntryJson.text(object);
  }

  /** {@code schema} as the only parameter of a tool, which LangChain4j writes and reads. */
  private static JsonNode schema(JsonSchema schema) {
    ToolSpecification holder =
        ToolSpecification.builder()
            .name(schema.name())
            .parameters(JsonObjectSchema.builder().addProperty(ROOT, schema.rootElement()).build())
            .build();
    return parse(holder.toJson());
  }

  static ReplyForm read(JsonNode form) {
    String kind = form.path(KIND).asText();
    return switch (kind) {
      case "Text" -> new ReplyForm.Text();
      case "Json" -> new ReplyForm.Json(format(form), form.path("wherePossible").asBoolean());
      case "Branches" -> new ReplyForm.Branches(form.path("count").asInt());
      case "OneOf" -> oneOf(form.path("options"));
      default ->
          throw new IllegalArgumentException(
              "form: expected Text, Json, Branches or OneOf, found '" + kind + "'");
    };
  }

  private static ResponseFormat format(JsonNode form) {
    ResponseFormat.Builder format =
        ResponseFormat.builder().type(ResponseFormatType.valueOf(form.path("type").asText()));
    if (isSchema(form)) {
      ToolSpecification holder = ToolSpecification.fromJson(EntryJson.text(form.path(SCHEMA)));
      JsonSchemaElement root = holder.parameters().properties().get(ROOT);
      format.jsonSchema(
          JsonSchema.builder()
              .name(holder.name())
              .rootElement(Objects.requireNonNull(root, "schema: expected a root, found none"))
              .build());
    }
    return format.build();
  }

  /**
   * Options that differed in a secret alone, which the journal does not keep, are none any more.
   */
  private static ReplyForm oneOf(JsonNode options) {
    List<String> different =
        StreamSupport.stream(options.spliterator(), false)
            .map(JsonNode::asText)
            .distinct()
            .toList();
    return different.size() < Math.max(2, options.size())
        ? new ReplyForm.Text()
        : new ReplyForm.OneOf(different);
  }

  private static JsonNode parse(String json) {
    try {
      return EntryJson.parse(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("LangChain4j wrote no JSON: " + json, e);
    }
  }
}
