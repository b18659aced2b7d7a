package dev.zhixing.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhixing.engine.grammar.Schema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON Schema trees as the engine's schema type. Keywords that say nothing about a value's shape,
 * such as {@code title}, are passed over; any other that the engine cannot enforce is refused with
 * its place. For one tree, one thread.
 *
 * <p>Objects are written with the properties that they list only, unless {@code
 * additionalProperties} or {@code patternProperties} ask for more: both fit the schema.
 */
final class EngineSchemas {
  private static final int DEEPEST = 200;

  private final JsonNode root;
  private final Map<String, Schema> referred = new TreeMap<>();
  private @Nullable SchemaMerge merge;
  private int depth;

  private EngineSchemas(JsonNode root) {
    this.root = root;
  }

  /**
   * Translates a tree.
   *
   * @param where the place of this part, for errors
   * @throws IllegalArgumentException for a part that can't be enforced; the message names it
   */
  static Schema of(JsonNode schema, String where) {
    EngineSchemas schemas = new EngineSchemas(schema);
    Schema whole = schemas.schema(schema, where);
    return schemas.referred.isEmpty() ? whole : new Schema.Definitions(schemas.referred, whole);
  }

  Schema schema(JsonNode schema, String where) {
    if (++depth > DEEPEST) {
      throw SchemaKeys.refused(where, "a schema that nests at most " + DEEPEST + " deep", "more");
    }
    Schema translated = part(schema, where);
    depth--;
    return translated;
  }

  private Schema part(JsonNode schema, String where) {
    if (schema.isMissingNode() || schema.isBoolean()) {
      if (schema.isBoolean() && !schema.asBoolean()) {
        throw SchemaKeys.refused(where, "a schema that some value fits", "false");
      }
      return new Schema.Any();
    }
    if (!schema.isObject()) {
      throw SchemaKeys.refused(where, "a schema, which is a JSON object", schema.toString());
    }
    SchemaKeys.check(schema, where);
    if (schema.has("$ref") && SchemaMerge.isAlone(schema)) {
      return reference(schema.get("$ref"), where);
    }
    if (schema.has("allOf") || schema.has("$ref")) {
      return schema(merge().flat(schema, where), where);
    }
    for (String choice : new String[] {"anyOf", "oneOf"}) {
      if (schema.has(choice)) {
        return choice(schema, choice, where);
      }
    }
    if (schema.has("enum") || schema.has("const")) {
      return values(schema, where);
    }
    return typed(schema, where);
  }

  private SchemaMerge merge() {
    SchemaMerge known = merge;
    if (known == null) {
      known = new SchemaMerge(this::resolve);
      merge = known;
    }
    return known;
  }

  private Schema reference(JsonNode reference, String where) {
    String pointer = reference.asText();
    if (!referred.containsKey(pointer)) {
      JsonNode target = resolve(pointer, where);
      referred.put(pointer, new Schema.Null()); // so that it is not translated again within itself
      referred.put(pointer, schema(target, pointer));
    }
    return new Schema.Ref(pointer);
  }

  /** The part of the tree that {@code #/…} names. */
  private JsonNode resolve(String pointer, String where) {
    JsonNode target = null;
    if (pointer.equals("#")) {
      target = root;
    } else if (pointer.startsWith("#/")) {
      target = root.at(pointer.substring(1));
    }
    if (target == null || target.isMissingNode()) {
      throw SchemaKeys.refused(
          where, "$ref to be # or the path of a part of this schema, such as #/$defs/x", pointer);
    }
    return target;
  }

  private Schema choice(JsonNode schema, String choice, String where) {
    JsonNode options = schema.get(choice);
    if (choice.equals("oneOf")) {
      SchemaMerge.checkDisjoint(options, this::resolve, where);
    }
    ObjectNode beside = ((ObjectNode) schema).deepCopy();
    beside.remove(choice);
    boolean alone = SchemaMerge.hasNoKeywords(beside);
    List<Schema> choices = new ArrayList<>();
    for (int i = 0; i < options.size(); i++) {
      String place = where + "." + choice + "[" + i + "]";
      JsonNode option = options.get(i);
      choices.add(schema(alone ? option : merge().both(beside, option, place), place));
    }
    return new Schema.AnyOf(choices);
  }

  private Schema values(JsonNode schema, String where) {
    SchemaKeys.only(schema, where, "enum", "const", "type", "nullable");
    List<Object> kept = new ArrayList<>();
    boolean none = false;
    for (JsonNode value : schema.has("enum") ? schema.get("enum") : List.of(schema.get("const"))) {
      boolean same = !schema.has("const") || schema.get("const").equals(value);
      if (!same || !SchemaKeys.fitsType(schema, value)) {
        continue;
      }
      none |= value.isNull();
      if (!value.isNull()) {
        kept.add(SchemaKeys.value(value));
      }
    }
    if (kept.isEmpty()) {
      if (none) {
        return new Schema.Null();
      }
      throw SchemaKeys.refused(where, "a value of the type that the schema has", "none");
    }
    Schema values = new Schema.Enum(kept);
    return none ? new Schema.AnyOf(List.of(values, new Schema.Null())) : values;
  }

  private Schema typed(JsonNode schema, String where) {
    List<String> types = SchemaKeys.types(schema, where);
    List<Schema> choices = new ArrayList<>();
    for (String type : types) {
      choices.add(typed(schema, type, where));
    }
    return choices.size() == 1 ? choices.getFirst() : new Schema.AnyOf(choices);
  }

  private Schema typed(JsonNode schema, String type, String where) {
    return switch (type) {
      case "object" -> new SchemaObjects(this).object(schema, where);
      case "array" -> new SchemaObjects(this).array(schema, where);
      case "string" -> SchemaKeys.string(schema, where);
      case "integer" -> integer(schema, where);
      case "number" -> number(schema, where);
      case "boolean" -> new Schema.Bool();
      case "null" -> new Schema.Null();
      case "any" -> new Schema.Any();
      default ->
          throw SchemaKeys.refused(
              where, "a JSON type such as object, string or number", "\"" + type + "\"");
    };
  }

  private static Schema integer(JsonNode schema, String where) {
    Long min = bound(schema, "minimum", "exclusiveMinimum", true, where);
    Long max = bound(schema, "maximum", "exclusiveMaximum", false, where);
    BigDecimal step = SchemaKeys.decimal(schema, "multipleOf", where);
    if (step != null && step.signum() > 0) {
      // The multiples of a/b, a fraction in its lowest terms, that are integers are those of a.
      BigDecimal plain = step.stripTrailingZeros();
      BigInteger top = plain.unscaledValue();
      if (plain.scale() > 0) {
        top = top.divide(top.gcd(BigInteger.TEN.pow(plain.scale())));
      } else {
        top = plain.toBigIntegerExact();
      }
      step = new BigDecimal(top);
    }
    return new Schema.Int(min, max, step == null ? null : step.longValue());
  }

  /** The closer one of two bounds of an integer; a fraction is rounded inwards. */
  private static @Nullable Long bound(
      JsonNode schema, String key, String exclusiveKey, boolean lower, String where) {
    Long bound = null;
    for (String each : new String[] {key, exclusiveKey}) {
      JsonNode value = SchemaKeys.number(schema, each, where);
      if (value == null) {
        continue;
      }
      boolean exact = value.isIntegralNumber() && value.canConvertToLong();
      long whole = exact ? value.longValue() : rounded(value.decimalValue(), lower);
      if (each.equals(exclusiveKey) && (exact || isWhole(value, whole))) {
        whole += lower ? 1 : -1;
      }
      bound = bound == null ? whole : lower ? Math.max(bound, whole) : Math.min(bound, whole);
    }
    return bound;
  }

  private static boolean isWhole(JsonNode value, long whole) {
    return value.decimalValue().compareTo(BigDecimal.valueOf(whole)) == 0;
  }

  private static long rounded(BigDecimal value, boolean up) {
    if (value.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE / 2)) > 0) {
      return value.signum() * (Long.MAX_VALUE / 2);
    }
    return value.setScale(0, up ? RoundingMode.CEILING : RoundingMode.FLOOR).longValue();
  }

  private static Schema number(JsonNode schema, String where) {
    Double min = SchemaKeys.real(schema, "minimum", where);
    Double above = SchemaKeys.real(schema, "exclusiveMinimum", where);
    Double max = SchemaKeys.real(schema, "maximum", where);
    Double below = SchemaKeys.real(schema, "exclusiveMaximum", where);
    boolean aboveMin = above != null && (min == null || above >= min);
    boolean belowMax = below != null && (max == null || below <= max);
    return new Schema.Num(
        aboveMin ? above : min,
        belowMax ? below : max,
        aboveMin,
        belowMax,
        SchemaKeys.decimal(schema, "multipleOf", where));
  }
}
