package dev.zhixing.samples.recipe.calc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhixing.samples.recipe.Call;
import dev.zhixing.samples.recipe.Numbers;
import dev.zhixing.samples.recipe.SituationDraws;
import org.junit.jupiter.api.Test;

final class CalcSituationsTest {

  @Test
  void everyExpressionGivesTheClaimedResult() {
    SituationDraws.check(
        CalcSituations.all(),
        "calc",
        scenario -> {
          Call call = scenario.rounds().getFirst().getFirst();
          String expression = call.arguments().path("expression").asText();
          assertThat(expression).doesNotContain(" ").doesNotContain(",");
          assertThat(Numbers.digits(Arithmetic.evaluate(expression))).isEqualTo(call.result());
        });
  }

  @Test
  void readsAPercentSignAsTheCalculatorDoes() {
    assertThat(Arithmetic.evaluate("2350*17%")).isEqualByComparingTo("399.5");
    assertThat(Arithmetic.evaluate("900%17")).isEqualByComparingTo("16");
    assertThat(Arithmetic.evaluate("5000*(1+3%)^4")).isEqualByComparingTo("5627.54405");
    assertThat(Arithmetic.evaluate("-12*9/5+32")).isEqualByComparingTo("10.4");
  }
}
