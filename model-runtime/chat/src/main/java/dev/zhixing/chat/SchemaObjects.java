package dev.zhixing.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhixing.engine.grammar.Schema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Translates the JSON Schemas of objects and arrays, given what translates their parts. */
final class SchemaObjects {
  private final EngineSchemas parts;

  SchemaObjects(EngineSchemas parts) {
    this.parts = parts;
  }

  Schema object(JsonNode schema, String where) {
    Set<String> required = new LinkedHashSet<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    JsonNode additional = schema.path("additionalProperties");
    List<Schema.Property> properties = new ArrayList<>();
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      String name = property.getKey();
      boolean needed = required.remove(name);
      if (!property.getValue().isBoolean() || property.getValue().asBoolean()) {
        Schema value = parts.schema(property.getValue(), where + "." + name);
        properties.add(new Schema.Property(name, value, needed));
      } else if (needed) {
        throw SchemaKeys.refused(where + "." + name, "a schema, as it is required", "false");
      }
    }
    for (String name : required) { // required, but not described
      if (additional.isBoolean() && !additional.asBoolean()) {
        throw SchemaKeys.refused(
            where, "a description of the required property '" + name + "'", "none");
      }
      if (schema.has("patternProperties")) {
        throw SchemaKeys.refused(
            where, "required properties among properties", "'" + name + "' is not");
      }
      Schema value = parts.schema(additional, where + "." + name);
      properties.add(new Schema.Property(name, value, true));
    }
    List<Schema.Others> others = others(schema, properties, where);
    checkCount(schema, properties, !others.isEmpty(), where);
    return new Schema.Obj(properties, others);
  }

  /** What properties may come beside those that are listed. */
  private List<Schema.Others> others(JsonNode schema, List<Schema.Property> listed, String where) {
    List<Schema.Others> others = new ArrayList<>();
    JsonNode names = schema.path("propertyNames");
    for (Map.Entry<String, JsonNode> entry : schema.path("patternProperties").properties()) {
      if (!listed.isEmpty()) {
        throw SchemaKeys.refused(
            where, "patternProperties without properties", "both; move one into a part");
      }
      Schema value = parts.schema(entry.getValue(), where + "./" + entry.getKey() + "/");
      others.add(new Schema.Others(names(names, entry.getKey(), where), value));
    }
    JsonNode additional = schema.path("additionalProperties");
    boolean isMap = !schema.has("properties") && !schema.has("patternProperties");
    if (additional.isMissingNode() ? isMap : !additional.isBoolean() || additional.asBoolean()) {
      Schema value = parts.schema(additional, where + ".*");
      others.add(new Schema.Others(names(names, null, where), value));
    }
    return others;
  }

  private static Schema.Str names(JsonNode names, @Nullable String pattern, String where) {
    Schema.Str free = new Schema.Str();
    Schema.Str wanted = free;
    if (names.isObject()) {
      SchemaKeys.only(
          names, where + ".propertyNames", "pattern", "type", "minLength", "maxLength", "format");
      wanted = SchemaKeys.string(names, where + ".propertyNames");
    }
    if (pattern == null) {
      return wanted;
    }
    List<String> patterns = new ArrayList<>(wanted.patterns());
    patterns.add(pattern);
    return new Schema.Str(wanted.min(), wanted.max(), patterns);
  }

  /** Refuses limits of the number of properties that what is listed does not keep anyway. */
  private static void checkCount(
      JsonNode schema, List<Schema.Property> properties, boolean hasOthers, String where) {
    Integer min = SchemaKeys.count(schema, "minProperties", where);
    Integer max = SchemaKeys.count(schema, "maxProperties", where);
    long required = properties.stream().filter(Schema.Property::required).count();
    if (min != null && min > required) {
      throw SchemaKeys.refused(
          where, "minProperties of at most the required ones, " + required, min + "");
    }
    if (max != null && (hasOthers || max < properties.size())) {
      throw SchemaKeys.refused(
          where, "maxProperties of at least the listed ones, and no others", max + "");
    }
  }

  /** An array of different items: enforced where there are few values that they can have. */
  private Schema subset(
      JsonNode schema, @Nullable Integer min, @Nullable Integer max, String where) {
    Schema items = parts.schema(schema.path("items"), where + "[]");
    if (schema.has("prefixItems") || !(items instanceof Schema.Enum values)) {
      throw SchemaKeys.refused(
          where, "uniqueItems with an enum for the items, as it is not enforced", "others");
    }
    return new Schema.Subset(values.values(), min, max);
  }

  Schema array(JsonNode schema, String where) {
    Integer min = SchemaKeys.count(schema, "minItems", where);
    Integer max = SchemaKeys.count(schema, "maxItems", where);
    JsonNode items = schema.path("items");
    if (schema.path("uniqueItems").asBoolean() && (max == null || max > 1)) {
      return subset(schema, min, max, where);
    }
    JsonNode first = items.isArray() ? items : schema.path("prefixItems");
    JsonNode later = items.isArray() ? schema.path("additionalItems") : items;
    if (first.isMissingNode()) {
      boolean empty = later.isBoolean() && !later.asBoolean();
      return empty
          ? new Schema.Tuple(List.of(), null, min, max)
          : new Schema.Arr(parts.schema(later, where + "[]"), min, max);
    }
    List<Schema> prefix = new ArrayList<>();
    for (int i = 0; i < first.size(); i++) {
      prefix.add(parts.schema(first.get(i), where + "[" + i + "]"));
    }
    boolean closed = later.isMissingNode() || (later.isBoolean() && !later.asBoolean());
    boolean needsMore = min != null && min > prefix.size();
    boolean open = !closed || (later.isMissingNode() && needsMore);
    return new Schema.Tuple(prefix, open ? parts.schema(later, where + "[]") : null, min, max);
  }
}
