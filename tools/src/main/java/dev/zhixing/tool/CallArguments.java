package dev.zhixing.tool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of one call. A toolbox has checked them against the schema before; a caller that
 * goes round it gets a plain message.
 */
record CallArguments(JsonNode json) {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  static CallArguments parse(@Nullable String text) {
    try {
      return new CallArguments(JSON.readTree(text == null || text.isBlank() ? "{}" : text));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "the arguments are not JSON: " + e.getOriginalMessage(), e);
    }
  }

  String text(String name) {
    JsonNode value = json.path(name);
    if (!value.isTextual()) {
      throw wrong(name, "a string");
    }
    return value.textValue();
  }

  @Nullable String optionalText(String name) {
    return json.hasNonNull(name) ? text(name) : null;
  }

  BigDecimal number(String name) {
    JsonNode value = json.path(name);
    if (!value.isNumber()) {
      throw wrong(name, "a number");
    }
    return value.decimalValue();
  }

  @Nullable Integer optionalInteger(String name) {
    if (!json.hasNonNull(name)) {
      return null;
    }
    try {
      return number(name).intValueExact();
    } catch (ArithmeticException e) {
      throw wrong(name, "a whole number");
    }
  }

  boolean flag(String name) {
    JsonNode value = json.path(name);
    if (!value.isBoolean()) {
      throw wrong(name, "true or false");
    }
    return value.booleanValue();
  }

  private IllegalArgumentException wrong(String name, String expected) {
    JsonNode value = json.path(name);
    return new IllegalArgumentException(
        name + ": expected " + expected + ", found " + (value.isMissingNode() ? "nothing" : value));
  }
}
