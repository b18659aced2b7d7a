package dev.zhixing.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {
  private static final JsonNode SCHEMA =
      Arguments.parse(
          """
          {"type":"object","properties":{
            "room":{"type":"string","enum":["kitchen","study"]},
            "level":{"type":"integer","minimum":1,"maximum":100},
            "on":{"type":"boolean"},
            "tags":{"type":"array","items":{"type":"string","minLength":2},"maxItems":2},
            "at":{"anyOf":[{"type":"string"},{"type":"number"}]},
            "to":{"$ref":"#/$defs/place"}},
           "required":["room"],
           "$defs":{"place":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}
          """);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"room\":\"kitchen\"}",
        "{\"room\":\"study\",\"level\":100,\"on\":true,\"tags\":[\"ab\"],\"at\":1.5,\"to\":{\"city\":\"x\"}}",
        "{\"room\":\"study\",\"level\":5.0}",
        "{\"room\":\"study\",\"level\":null}"
      })
  void acceptsWhatTheSchemaAllows(String arguments) {
    assertThat(Arguments.fault("t", arguments, SCHEMA)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{} | `room` is missing",
        "{\"room\":\"attic\"} | `room` must be one of kitchen, study, found the string \"attic\"",
        "{\"room\":null} | `room` must be one of kitchen, study, found null",
        "{\"room\":\"study\",\"level\":0} | `level` is 0, allowed are 1..100",
        "{\"room\":\"study\",\"level\":5.5} | `level` must be an integer, found the number 5.5",
        "{\"room\":\"study\",\"on\":\"yes\"} | `on` must be a boolean, found the string \"yes\"",
        "{\"room\":\"study\",\"tags\":[\"a\"]} | `tags[0]` has 1 characters, allowed are 2..",
        "{\"room\":\"study\",\"tags\":[\"ab\",\"cd\",\"ef\"]} | `tags` has 3 items, allowed are"
            + " ..2",
        "{\"room\":\"study\",\"at\":true} | `at` fits none of the forms allowed",
        "{\"room\":\"study\",\"to\":{}} | `to.city` is missing",
        "{\"room\":\"study\",\"color\":1} | `color` is unknown, there is room, level, on, tags, at,"
            + " to"
      })
  void saysWhatTheSchemaForbids(String arguments, String fault) {
    assertThat(Arguments.fault("t", arguments, SCHEMA))
        .contains("Bad arguments for t: " + fault + ".");
  }

  @Test
  void saysWhereTextIsNotJson() {
    assertThat(Arguments.fault("t", "{\"room\":", SCHEMA).orElseThrow())
        .startsWith("The arguments of t are not valid JSON: ")
        .endsWith("(line 1, column 9).");
    assertThat(Arguments.fault("t", "[1]", SCHEMA))
        .contains("The arguments of t must be a JSON object, found an array.");
    assertThat(Arguments.fault("t", "{\"room\":\"study\"} x", SCHEMA)).isPresent();
  }

  @Test
  void ignoresWhiteSpaceAndOrderWhereItComparesArguments() {
    assertThat(Arguments.canonical("{ \"b\": [1, 2],\n\"a\": 1.50 }"))
        .isEqualTo("{\"a\":1.5,\"b\":[1,2]}");
    assertThat(Arguments.canonical(" {oops ")).isEqualTo("{oops");
  }
}
