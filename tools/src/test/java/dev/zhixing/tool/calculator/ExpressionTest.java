package dev.zhixing.tool.calculator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExpressionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1/8+3/16 | 0.3125",
        "1/3*3 | 1",
        "0.1+0.2 | 0.3",
        "(17.5 - 4.25) * 6 / 0.5 | 159",
        "2+3*4-5 | 9",
        "-2^2 | -4",
        "2^-1 | 0.5",
        "2^3^2 | 512",
        "2**10 | 1024",
        "10-4-3 | 3",
        "100/10/2 | 5",
        "--5 | 5",
        "1e3+2.5E-1 | 1000.25",
        ".5*4 | 2",
        "5.+1 | 6",
        "400*25 | 10000"
      })
  void evaluatesArithmeticExactly(String expression, String value) {
    assertThat(Expression.evaluate(expression).toPlainString()).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "17% * 2350 | 399.5",
        "2350*17% | 399.5",
        "17%*2350 | 399.5",
        "15% of 80 | 12",
        "50% | 0.5",
        "(10+7)% of 2350 | 399.5",
        "93.20*(1+12%) | 104.384",
        "100 + 10% | 100.1",
        "7 % 3 | 1",
        "900%17 | 16",
        "900 mod 17 | 16",
        "7 % (1+2) | 1",
        "7% - 3 | -2.93",
        "-7 % 3 | -1",
        "5.5 % 2 | 1.5",
        "max(50%, 0.2) | 0.5",
        "200%% | 0.02"
      })
  void readsThePercentSignByWhatFollows(String expression, String value) {
    assertThat(Expression.evaluate(expression).toPlainString()).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sqrt(7056) | 84",
        "√2209 | 47",
        "sqrt(1/4) | 0.5",
        "sqrt(2) | 1.414213562",
        "sqrt(2)*sqrt(2) | 2",
        "27^(1/3) | 3",
        "round(2.345, 2) | 2.35",
        "round(-2.5) | -3",
        "round(1234, -2) | 1200",
        "min(3, 1, 2) | 1",
        "max(1,234) | 234",
        "abs(-4.5) | 4.5",
        "floor(-1.5) | -2",
        "ceil(-1.5) | -1",
        "pi | 3.141592654",
        "5000*1.03^4 | 5627.54405"
      })
  void knowsFunctions(String expression, String value) {
    assertThat(Expression.evaluate(expression).toPlainString()).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "１÷８＋３÷１６＝ | 0.3125",
        "（2350−50）×17％ | 391",
        "1,234.5 * 2 | 2469",
        "12,345,678 | 12345678",
        "max((1,234), 5) | 1234",
        "58 x 23.5 | 1363",
        "5² | 25",
        "2³×3 | 24"
      })
  void readsOtherNotations(String expression, String value) {
    assertThat(Expression.evaluate(expression).toPlainString()).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1318/4.5 | 292.8888889",
        "63.5/1.72^2 | 21.46430503",
        "10/3 | 3.333333333",
        "1000000000000/3 | 333333333333.33",
        "1/3000000 | 0.0000003333333333",
        "2^-30 | 0.000000000931322574615478515625"
      })
  void roundsWhatDoesNotEnd(String expression, String value) {
    assertThat(Expression.evaluate(expression).toPlainString()).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | the expression is empty (at position 1)",
        "2*(3+4 | this '(' is never closed (at position 3)",
        "2+3) | this ')' closes nothing (at position 4)",
        "2+ | the expression ends where a number is expected (at position 3)",
        "2+*3 | expected a number, found '*' (at position 3)",
        "2(3) | expected an operator before '(', for instance * (at position 2)",
        "1,23+4 | unexpected ','; decimals are written with a point, thousands as in 1,234 (at"
            + " position 2)",
        "cbrt(8) | unknown name 'cbrt'; known are sqrt, round, min, max, abs, floor, ceil, pi, e"
            + " (at position 1)",
        "5/(2-2) | division by zero (at position 2)",
        "0^-1 | division by zero (at position 2)",
        "sqrt(-4) | a negative number has no real square root (at position 1)",
        "1.2.3 | a number with two decimal points (at position 4)",
        "$5 | unexpected '$' (at position 1)",
        "x+1=2 | unexpected '='; only an expression can be evaluated, not an equation (at position"
            + " 4)",
        "sqrt(1,000) | sqrt takes one argument, found 2; write large numbers without commas (at"
            + " position 1)"
      })
  void saysWhatIsWrongAndWhere(String expression, String message) {
    assertThatThrownBy(() -> Expression.evaluate(expression))
        .isInstanceOf(ExpressionException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9^9^9",
        "2^999999999999",
        "(2^5000)^5",
        "1e999999999",
        "1.5^99999",
        "round(1, 9^20)"
      })
  void refusesGiantNumbersAtOnce(String expression) {
    assertThatThrownBy(() -> Expression.evaluate(expression))
        .isInstanceOf(ExpressionException.class);
  }

  @Test
  void refusesDeepNestingAndLongText() {
    assertThatThrownBy(() -> Expression.evaluate("(".repeat(500) + "1" + ")".repeat(500)))
        .hasMessageContaining("nested more than 100 deep");
    assertThatThrownBy(() -> Expression.evaluate("-".repeat(1500) + "1"))
        .hasMessageContaining("nested more than 100 deep");
    assertThatThrownBy(() -> Expression.evaluate("2^".repeat(900) + "1"))
        .isInstanceOf(ExpressionException.class);
    assertThatThrownBy(() -> Expression.evaluate("1+".repeat(2000) + "1"))
        .hasMessageContaining("longer than 2000 characters");
  }
}
