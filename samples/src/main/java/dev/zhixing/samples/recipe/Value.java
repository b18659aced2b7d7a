package dev.zhixing.samples.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * What a slot of a script stands for.
 *
 * @param json the argument that a tool gets
 * @param said how the user says it
 * @param shown how results and answers show it
 */
public record Value(JsonNode json, String said, String shown) {

  /** A text that everybody writes alike. */
  public static Value text(String text) {
    return new Value(JsonNodeFactory.instance.textNode(text), text, text);
  }

  /** A text, said differently than written. */
  public static Value text(String text, String said) {
    return new Value(JsonNodeFactory.instance.textNode(text), said, text);
  }

  /** A number or truth value with its wording. */
  public static Value of(JsonNode json, String said) {
    return new Value(json, said, json.asText());
  }
}
