package dev.zhixing.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Optional;

/** The arguments of a call: JSON text that came from a model, so anything at all. */
final class Arguments {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  private Arguments() {}

  /**
   * What is wrong with {@code arguments} for a tool whose parameters have {@code schema}, in a
   * sentence for the model.
   */
  static Optional<String> fault(String tool, String arguments, JsonNode schema) {
    JsonNode node;
    try {
      node = JSON.readTree(arguments);
    } catch (JsonProcessingException e) {
      return Optional.of(
          "The arguments of %s are not valid JSON: %s (line %d, column %d)."
              .formatted(
                  tool,
                  e.getOriginalMessage(),
                  e.getLocation().getLineNr(),
                  e.getLocation().getColumnNr()));
    }
    if (!node.isObject()) {
      return Optional.of(
          "The arguments of %s must be a JSON object, found %s."
              .formatted(tool, SchemaCheck.describe(node)));
    }
    List<String> faults = new SchemaCheck(schema).faults(node);
    return faults.isEmpty()
        ? Optional.empty()
        : Optional.of("Bad arguments for %s: %s.".formatted(tool, String.join("; ", faults)));
  }

  /**
   * {@code arguments} without needless white space and with properties in order; as it is if it is
   * not JSON.
   */
  static String canonical(String arguments) {
    try {
      return JSON.writeValueAsString(JSON.treeToValue(JSON.readTree(arguments), Object.class));
    } catch (JsonProcessingException e) {
      return arguments.strip();
    }
  }

  /** Whether {@code text} is a JSON object, and whole. */
  static boolean isObject(String text) {
    try {
      return JSON.readTree(text).isObject();
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + json, e);
    }
  }
}
