package dev.zhixing.samples.recipe.open;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhixing.samples.recipe.Call;
import dev.zhixing.samples.recipe.Draw;
import dev.zhixing.samples.recipe.Language;
import dev.zhixing.samples.recipe.Scenario;
import dev.zhixing.samples.recipe.Situation;
import java.util.ArrayList;
import java.util.List;

/** English word problems whose solution is one expression, as calls of the calculator. */
public final class WordProblems implements Situation {

  private record Problem(String question, String expression, String answer) {}

  private final List<Problem> problems = new ArrayList<>();

  /** Reads SVAMP and those problems of GSM8K that one step solves. */
  public WordProblems(OpenData data) {
    for (JsonNode row : data.records("problems-svamp")) {
      String expression = row.path("expression").asText().replace(" ", "");
      if (expression.startsWith("(") && expression.endsWith(")")) {
        expression = expression.substring(1, expression.length() - 1);
      }
      problems.add(
          new Problem(row.path("question").asText(), expression, row.path("answer").asText()));
    }
    for (JsonNode row : data.records("problems-gsm8k")) {
      String steps = row.path("expression").asText();
      int equals = steps.indexOf('=');
      boolean oneStep = equals > 0 && equals == steps.lastIndexOf('=');
      if (oneStep && row.path("question").asText().length() < 300) {
        String expression = steps.substring(0, equals).strip();
        String value = steps.substring(equals + 1).strip();
        problems.add(new Problem(row.path("question").asText(), expression, value));
      }
    }
  }

  public boolean isEmpty() {
    return problems.isEmpty();
  }

  @Override
  public Scenario sample(Draw draw) {
    Problem problem = draw.pick(problems);
    ObjectNode arguments = Draw.arguments().put("expression", problem.expression());
    Call call = Call.of("calculator", arguments, problem.answer());
    String answer =
        draw.pick("That is %s.", "It comes to %s.", "%s.", "The answer is %s.")
            .formatted(problem.answer());
    return Scenario.of(Language.EN, "calc", problem.question(), List.of(List.of(call)), answer);
  }
}
