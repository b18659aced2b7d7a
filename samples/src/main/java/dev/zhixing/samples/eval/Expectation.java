package dev.zhixing.samples.eval;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What must happen in a task.
 *
 * @param calls the calls that must happen; no other may
 * @param inOrder whether they must happen in this order
 * @param answerContains each entry lists alternatives, one of which must stand in the answer
 * @param refuse whether the answer must be a refusal; null where the task does not say
 * @param clarify whether the answer must ask back
 */
public record Expectation(
    List<ExpectedCall> calls,
    boolean inOrder,
    List<List<String>> answerContains,
    @Nullable Boolean refuse,
    boolean clarify) {

  public Expectation {
    calls = List.copyOf(calls);
    answerContains = answerContains.stream().map(List::copyOf).toList();
  }

  static Expectation parse(JsonNode expect) {
    List<ExpectedCall> calls = new ArrayList<>();
    expect.path("calls").forEach(call -> calls.add(ExpectedCall.parse(call)));
    List<List<String>> contains = new ArrayList<>();
    expect.path("answer_contains").forEach(entry -> contains.add(alternatives(entry)));
    JsonNode refuse = expect.path("refuse");
    return new Expectation(
        calls,
        inOrder(expect.path("order").asText("any")),
        contains,
        refuse.isBoolean() ? refuse.booleanValue() : null,
        expect.path("clarify").asBoolean(false));
  }

  private static boolean inOrder(String order) {
    return switch (order) {
      case "strict" -> true;
      case "any" -> false;
      default ->
          throw new IllegalArgumentException(
              "expect.order: expected strict or any, found " + order);
    };
  }

  private static List<String> alternatives(JsonNode entry) {
    if (!entry.isArray()) {
      return List.of(entry.asText());
    }
    List<String> texts = new ArrayList<>();
    entry.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  /** Whether anything is expected of the answer's words. */
  public boolean judgesAnswer() {
    return !answerContains.isEmpty() || refuse != null || clarify;
  }
}
