package dev.zhixing.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhixing.engine.grammar.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** JSON Schema trees as the engine's schema type. */
final class EngineSchemas {

  private static final ObjectMapper JSON = new ObjectMapper();

  private EngineSchemas() {}

  /**
   * @param where the place of this part, for errors
   * @throws IllegalArgumentException for a part that can't be enforced; the message names it
   */
  static Schema of(JsonNode schema, String where) {
    if (schema.has("enum")) {
      return enumeration(schema.get("enum"));
    }
    if (schema.has("const")) {
      return new Schema.Const(JSON.convertValue(schema.get("const"), Object.class));
    }
    if (schema.has("anyOf")) {
      List<Schema> choices = new ArrayList<>();
      schema.get("anyOf").forEach(choice -> choices.add(of(choice, where)));
      return new Schema.AnyOf(choices);
    }
    JsonNode type = schema.path("type");
    return switch (type.asText("any")) {
      case "object" -> object(schema, where);
      case "string" -> new Schema.Str(whole(schema, "minLength"), whole(schema, "maxLength"));
      case "integer" -> new Schema.Int(integer(schema, "minimum"), integer(schema, "maximum"));
      case "number" -> new Schema.Num(number(schema, "minimum"), number(schema, "maximum"));
      case "boolean" -> new Schema.Bool();
      case "null" -> new Schema.Null();
      case "array" ->
          new Schema.Arr(
              of(schema.path("items"), where + "[]"),
              whole(schema, "minItems"),
              whole(schema, "maxItems"));
      case "any" -> new Schema.Any();
      default ->
          throw new IllegalArgumentException(
              where + ": expected a JSON type such as object, string or number, found " + type);
    };
  }

  private static Schema object(JsonNode schema, String where) {
    Set<String> required = new HashSet<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    List<Schema.Property> properties = new ArrayList<>();
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      String name = property.getKey();
      Schema value = of(property.getValue(), where + "." + name);
      properties.add(new Schema.Property(name, value, required.contains(name)));
    }
    return new Schema.Obj(properties);
  }

  private static Schema enumeration(JsonNode values) {
    List<Object> present = new ArrayList<>();
    values.forEach(
        value -> {
          if (!value.isNull()) {
            present.add(JSON.convertValue(value, Object.class));
          }
        });
    Schema schema = new Schema.Enum(present);
    boolean nullable = present.size() < values.size();
    return nullable ? new Schema.AnyOf(List.of(schema, new Schema.Null())) : schema;
  }

  private static @Nullable Integer whole(JsonNode schema, String key) {
    return schema.has(key) ? Integer.valueOf(schema.get(key).asInt()) : null;
  }

  /** A bound of an integer; a fraction is rounded inwards. */
  private static @Nullable Long integer(JsonNode schema, String key) {
    if (!schema.has(key)) {
      return null;
    }
    double bound = schema.get(key).asDouble();
    return (long) (key.equals("minimum") ? Math.ceil(bound) : Math.floor(bound));
  }

  private static @Nullable Double number(JsonNode schema, String key) {
    return schema.has(key) ? Double.valueOf(schema.get(key).asDouble()) : null;
  }
}
