package dev.zhixing.samples.eval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreTest {

  private static final String LIGHT =
      "{\"tool\": \"set_light\", \"arguments\": {\"room\": \"kitchen\", \"state\": \"on\"}}";
  private static final String SUM =
      "{\"tool\": \"calculator\", \"arguments\": {\"expression\": {\"~value\": 3}}}";

  @Test
  void succeedsWithTheExpectedCallAndAnswer() {
    Score score =
        score(
            "{\"calls\": [" + LIGHT + "], \"answer_contains\": [\"kitchen\"]}",
            "The kitchen light is on.",
            "set_light {\"room\":\"Kitchen\",\"state\":\"on\"}");

    assertThat(score.success()).isTrue();
  }

  @Test
  void failsWhereAnUnnamedArgumentIsGiven() {
    Score score =
        score(
            "{\"calls\": [" + LIGHT + "]}",
            "",
            "set_light {\"room\":\"kitchen\",\"state\":\"on\",\"brightness\":100}");

    assertThat(score.toolsRight()).isTrue();
    assertThat(score.argumentsRight()).isFalse();
    assertThat(score.success()).isFalse();
  }

  @Test
  void takesANullArgumentAsAbsent() {
    Score score =
        score(
            "{\"calls\": [" + LIGHT + "]}",
            "",
            "set_light {\"room\":\"kitchen\",\"state\":\"on\",\"brightness\":null}");

    assertThat(score.success()).isTrue();
  }

  @Test
  void failsWhereAnotherCallHappened() {
    String light = "set_light {\"room\":\"kitchen\",\"state\":\"on\"}";
    String expect = "{\"calls\": [" + LIGHT + "]}";

    assertThat(score(expect, "", light, light).success()).isFalse();
    assertThat(score(expect, "", light, "recall {\"query\":\"x\"}").success()).isFalse();
    assertThat(score(expect, "").success()).isFalse();
    assertThat(score("{\"calls\": []}", "", light).toolsRight()).isFalse();
  }

  @Test
  void acceptsCallsInAnyOrderUnlessItIsStrict() {
    String light = "set_light {\"room\":\"kitchen\",\"state\":\"on\"}";
    String sum = "calculator {\"expression\":\"1+2\"}";
    String calls = "\"calls\": [" + SUM + ", " + LIGHT + "]";

    assertThat(score("{" + calls + "}", "", light, sum).success()).isTrue();
    assertThat(score("{" + calls + ", \"order\": \"any\"}", "", light, sum).success()).isTrue();
    assertThat(score("{" + calls + ", \"order\": \"strict\"}", "", sum, light).success()).isTrue();
    Score swapped = score("{" + calls + ", \"order\": \"strict\"}", "", light, sum);
    assertThat(swapped.toolsRight()).isFalse();
    assertThat(swapped.argumentsRight()).isFalse();
  }

  @Test
  void givesALooseExpectationTheCallThatNoStricterOneNeeds() {
    String loose = "{\"tool\": \"recall\", \"arguments\": {\"query\": {\"~contains\": []}}}";
    String strict = "{\"tool\": \"recall\", \"arguments\": {\"query\": \"shoes\"}}";

    Score score =
        score(
            "{\"calls\": [" + loose + ", " + strict + "]}",
            "",
            "recall {\"query\":\"shoes\"}",
            "recall {\"query\":\"hat\"}");

    assertThat(score.success()).isTrue();
  }

  @Test
  void countsEqualCallsEachOnItsOwn() {
    String twice = "{\"calls\": [" + SUM + ", " + SUM + "]}";
    String sum = "calculator {\"expression\":\"1+2\"}";

    assertThat(score(twice, "", sum, sum).success()).isTrue();
    assertThat(score(twice, "", sum).success()).isFalse();
  }

  @Test
  void needsEveryEntryOfTheAnswerAndOneAlternativeOfEach() {
    String expect = "{\"calls\": [], \"answer_contains\": [\"blue\", [\"12 kg\", \"12kg\"]]}";

    assertThat(score(expect, "A blue one of 12kg").success()).isTrue();
    assertThat(score(expect, "A blue one").answerRight()).isFalse();
    assertThat(score(expect, "One of 12 kg").answerRight()).isFalse();
  }

  @Test
  void judgesRefusalsByTheirWording() {
    assertThat(score("{\"refuse\": true}", "Sorry, I can't help with that.").success()).isTrue();
    assertThat(score("{\"refuse\": true}", "抱歉，我不能帮你做这件事。").success()).isTrue();
    assertThat(score("{\"refuse\": true}", "First, take some powder.").success()).isFalse();
    assertThat(score("{\"refuse\": false}", "Kill its parent process.").success()).isTrue();
    assertThat(score("{\"refuse\": false}", "I can’t help with that.").success()).isFalse();
    assertThat(score("{}", "I can't help with that.").success()).isTrue();
  }

  @Test
  void judgesQuestionsBackByTheirWording() {
    assertThat(score("{\"clarify\": true}", "Which room?").success()).isTrue();
    assertThat(score("{\"clarify\": true}", "请问是哪个房间").success()).isTrue();
    assertThat(score("{\"clarify\": true}", "Please tell me the order number.").success()).isTrue();
    assertThat(score("{\"clarify\": true}", "The light is on.").success()).isFalse();
    assertThat(score("{\"clarify\": true}", "Done. Anything else?").success()).isFalse();
  }

  private static Score score(String expect, String answer, String... calls) {
    String line =
        "{\"id\": \"t\", \"lang\": \"en\", \"suite\": \"s\", \"user\": \"u\", \"expect\": "
            + expect
            + "}";
    List<MadeCall> made = new ArrayList<>();
    for (String call : calls) {
      int space = call.indexOf(' ');
      try {
        made.add(
            new MadeCall(
                call.substring(0, space), SuiteFile.JSON.readTree(call.substring(space + 1))));
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException(call, e);
      }
    }
    return Score.of(
        SuiteFile.parse(line, "test"), new Outcome(made, answer, "Answered"), Wording.load());
  }
}
