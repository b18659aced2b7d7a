package dev.zhixing.samples.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentMatcherTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "20 | 20.0",
        "20.5 | 20.50",
        "1e2 | 100",
        "\"Front\" | \" front \"",
        "true | true",
        "[1, \"A\"] | [1.0, \"a\"]",
        "{\"a\": 1, \"b\": \"X\"} | {\"b\": \"x\", \"a\": 1.0}",
      })
  void acceptsTheSameJson(String expected, String actual) {
    assertThat(matches(expected, actual)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "20 | 20.1",
        "20 | \"20\"",
        "\"20\" | 20",
        "\"front\" | \"back\"",
        "true | false",
        "true | \"true\"",
        "[1, 2] | [2, 1]",
        "[1] | [1, 1]",
        "{\"a\": 1} | {\"a\": 1, \"b\": 2}",
        "{\"a\": 1, \"b\": 2} | {\"a\": 1}",
      })
  void refusesOtherJson(String expected, String actual) {
    assertThat(matches(expected, actual)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"2350*17%\"", "\"2350 * 0.17\"", "\"17/100*2350\"", "\"399.50\"", "399.5"})
  void acceptsAnExpressionByItsValue(String actual) {
    assertThat(matches("{\"~value\": 399.5}", actual)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"2350*18%\"", "\"2350*\"", "\"1/0\"", "\"\"", "true", "[399.5]"})
  void refusesAnExpressionOfAnotherValue(String actual) {
    assertThat(matches("{\"~value\": 399.5}", actual)).isFalse();
  }

  @Test
  void takesPercentWithAnOperandAsTheRemainder() {
    assertThat(matches("{\"~value\": 1}", "\"7 % 3\"")).isTrue();
    assertThat(matches("{\"~value\": 0.07}", "\"7 %\"")).isTrue();
  }

  @Test
  void forgivesRoundingOfAValue() {
    assertThat(matches("{\"~value\": 292.8888888888889}", "\"2636/9\"")).isTrue();
    assertThat(matches("{\"~value\": 292.8888888888889}", "\"292.89\"")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[\"dentist\", \"9\"] | \"The Dentist at 9\" | true",
        "[\"dentist\", \"9\"] | \"The dentist at 8\" | false",
        "[\"泰山\"] | \"泰山的高度\" | true",
        "[] | \"anything\" | true",
        "[\"1\"] | 12 | true",
        "[\"a\"] | [\"a\"] | false",
      })
  void looksForEveryWordInAString(String words, String actual, boolean expected) {
    assertThat(matches("{\"~contains\": " + words + "}", actual)).isEqualTo(expected);
  }

  @Test
  void acceptsAnyOfSeveral() {
    String expected = "{\"~any\": [\"tea\", {\"~contains\": [\"茶\"]}, {\"~value\": 3}]}";

    assertThat(matches(expected, "\"Tea\"")).isTrue();
    assertThat(matches(expected, "\"绿茶\"")).isTrue();
    assertThat(matches(expected, "\"1+2\"")).isTrue();
    assertThat(matches(expected, "\"coffee\"")).isFalse();
    assertThat(matches(expected, null)).isFalse();
  }

  @Test
  void acceptsAnOptionalArgumentAbsentOrRight() {
    String expected = "{\"~optional\": {\"~any\": [100, {\"~contains\": [\"full\"]}]}}";

    assertThat(matches(expected, null)).isTrue();
    assertThat(matches(expected, "null")).isTrue();
    assertThat(matches(expected, "100")).isTrue();
    assertThat(matches(expected, "\"fully\"")).isTrue();
    assertThat(matches(expected, "50")).isFalse();
  }

  @Test
  void acceptsAbsenceThroughAnOptionalInsideAny() {
    assertThat(matches("{\"~any\": [1, {\"~optional\": 2}]}", null)).isTrue();
  }

  @Test
  void refusesAnAbsentArgumentThatIsNotOptional() {
    assertThat(matches("\"x\"", null)).isFalse();
    assertThat(matches("{\"~value\": 1}", null)).isFalse();
    assertThat(matches("{\"~contains\": []}", null)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"~like\": 1}",
        "{\"~value\": \"1\"}",
        "{\"~any\": 1}",
        "{\"~contains\": \"a\"}"
      })
  void refusesAMatcherThatItDoesNotKnow(String expected) {
    assertThatThrownBy(() -> ArgumentMatcher.parse(json(expected)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("~");
  }

  private static boolean matches(String expected, @Nullable String actual) {
    return ArgumentMatcher.parse(json(expected)).matches(actual == null ? null : json(actual));
  }

  private static JsonNode json(String text) {
    try {
      return SuiteFile.JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
