package dev.zhixing.engine.grammar;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks documents against schemas on their parsed form, independently of the grammar. */
public final class SchemaValidator {
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();
  static final JsonMapper STRICT =
      MAPPER.rebuild().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private SchemaValidator() {}

  /** Whether the document is JSON, whole, and of the shape. */
  public static boolean accepts(Schema schema, byte[] document) {
    try {
      return accepts(schema, MAPPER.readTree(document));
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean accepts(Schema schema, @Nullable JsonNode value) {
    if (value == null || value.isMissingNode()) {
      return false;
    }
    return switch (schema) {
      case Schema.Obj object -> object(object, value);
      case Schema.Str string -> value.isTextual() && string(string, value.textValue());
      case Schema.Int integer ->
          value.isIntegralNumber()
              && (integer.min() == null
                  || value.bigIntegerValue().longValueExact() >= integer.min())
              && (integer.max() == null
                  || value.bigIntegerValue().longValueExact() <= integer.max());
      case Schema.Num number ->
          value.isNumber()
              && (number.min() == null || value.doubleValue() >= number.min())
              && (number.max() == null || value.doubleValue() <= number.max());
      case Schema.Bool bool -> value.isBoolean();
      case Schema.Null none -> value.isNull();
      case Schema.Enum choice -> choice.values().stream().anyMatch(option -> same(option, value));
      case Schema.Const constant -> same(constant.value(), value);
      case Schema.Arr array -> array(array, value);
      case Schema.AnyOf any -> any.options().stream().anyMatch(option -> accepts(option, value));
      case Schema.Any any -> depth(value) <= any.depth();
    };
  }

  private static boolean string(Schema.Str string, String text) {
    int length = text.codePointCount(0, text.length());
    Integer min = string.min();
    Integer max = string.max();
    boolean whole = text.codePoints().noneMatch(c -> c >= 0xd800 && c < 0xe000);
    return whole && (min == null || length >= min) && (max == null || length <= max);
  }

  private static boolean same(Object option, JsonNode value) {
    if (option instanceof Schema.Null) {
      return value.isNull();
    }
    JsonNode expected = MAPPER.valueToTree(option);
    return expected.isNumber()
        ? value.isNumber() && expected.decimalValue().compareTo(value.decimalValue()) == 0
        : expected.equals(value);
  }

  private static boolean object(Schema.Obj object, JsonNode value) {
    if (!value.isObject()) {
      return false;
    }
    List<String> order = new ArrayList<>();
    for (Schema.Property property : object.properties()) {
      JsonNode member = value.get(property.name());
      if (member != null) {
        order.add(property.name());
      }
      if (member == null ? property.required() : !accepts(property.schema(), member)) {
        return false;
      }
    }
    List<String> found = new ArrayList<>();
    value.fieldNames().forEachRemaining(found::add);
    return found.equals(order);
  }

  private static boolean array(Schema.Arr array, JsonNode value) {
    Integer min = array.min();
    Integer max = array.max();
    if (!value.isArray()
        || (min != null && value.size() < min)
        || (max != null && value.size() > max)) {
      return false;
    }
    for (JsonNode item : value) {
      if (!accepts(array.items(), item)) {
        return false;
      }
    }
    return true;
  }

  private static int depth(JsonNode value) {
    int deepest = 0;
    for (JsonNode child : value) {
      deepest = Math.max(deepest, depth(child));
    }
    return value.isContainerNode() ? deepest + 1 : 0;
  }
}
