package dev.zhixing.samples.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A tool call that should happen in a situation.
 *
 * @param tool the tool's name
 * @param arguments what the model should write, in the order of the tool's schema
 * @param result what the tool answers: compact JSON or plain text
 * @param expected what an evaluation accepts as arguments (matchers allowed), or null for exactly
 *     {@code arguments}
 */
public record Call(String tool, ObjectNode arguments, String result, @Nullable JsonNode expected) {

  /** A call whose arguments must be exactly these. */
  public static Call of(String tool, ObjectNode arguments, String result) {
    return new Call(tool, arguments, result, null);
  }

  /** The same call, judged by {@code matcher}. */
  public Call accepting(JsonNode matcher) {
    return new Call(tool, arguments, result, matcher);
  }

  /** What an evaluation accepts as arguments. */
  public JsonNode expectedArguments() {
    return expected == null ? arguments : expected;
  }
}
