package dev.zhixing.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentCommandTest {

  private static final String ANSWER = "17% of 2350 is 399.5.";

  @TempDir Path folder;

  @Test
  void showsHowItThinksActsAndObserves() {
    CommandLineRun run = calculation();

    assertThat(run.run("agent", "What is 17% of 2350?")).isEqualTo(ExitStatus.ANSWERED);
    assertThat(run.out().lines())
        .containsExactly(
            "think    Use calculator.",
            "act      calculator {\"expression\":\"2350*17%\"}",
            "observe  399.5",
            "answer   " + ANSWER);
    assertThat(run.err()).isEmpty();
  }

  @Test
  void proceedsAsTheNamedPlannerDoes() {
    CommandLineRun run =
        new CommandLineRun(
            folder,
            ScriptedChat.says("{\"tasks\": [\"calculate\"]}"),
            ScriptedChat.calls("", "calculator", "{\"expression\":\"2350*17%\"}"),
            ScriptedChat.says("It is 399.5."),
            ScriptedChat.says(ANSWER));

    assertThat(run.run("agent", "--planner", "plan", "What is 17% of 2350?")).isZero();
    assertThat(run.out().lines())
        .containsExactly(
            "think    {\"tasks\": [\"calculate\"]}",
            "act      calculator {\"expression\":\"2350*17%\"}",
            "observe  399.5",
            "think    It is 399.5.",
            "answer   " + ANSWER);
  }

  @Test
  void handsOverToAnAgentOfItsTeam() {
    CommandLineRun run =
        new CommandLineRun(
            folder,
            ScriptedChat.says("numbers"),
            ScriptedChat.calls("", "calculator", "{\"expression\":\"2350*17%\"}"),
            ScriptedChat.says(ANSWER),
            ScriptedChat.says("done"));

    assertThat(run.run("agent", "--planner=supervisor", "What is 17% of 2350?")).isZero();
    assertThat(run.out().lines())
        .startsWith("think    numbers", "act      calculator {\"expression\":\"2350*17%\"}")
        .endsWith("answer   " + ANSWER);
  }

  @Test
  void namesThePlannersThatThereAre() {
    CommandLineRun run = new CommandLineRun(folder);

    assertThat(run.run("agent", "--planner", "magic", "Go")).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err())
        .contains("expected one of react, react-text, plan, dag, reflexion, tree, supervisor");
  }

  @Test
  void takesARequestOfSeveralWords() {
    assertThat(calculation().run("agent", "What", "is", "17%", "of", "2350?"))
        .isEqualTo(ExitStatus.ANSWERED);
  }

  @Test
  void writesEachEventAsALineOfJson() throws JsonProcessingException {
    CommandLineRun run = calculation();

    assertThat(run.run("agent", "--json", "What is 17% of 2350?")).isZero();
    List<String> events = new ArrayList<>();
    for (String line : run.out().lines().toList()) {
      JsonNode event = new JsonMapper().readTree(line);
      events.add(event.path("event").asText());
    }
    assertThat(events)
        .startsWith("Started", "Asked", "Said")
        .contains("Replied", "CallStarted", "Observed")
        .endsWith("Ended");
  }

  @Test
  void answersEachLineOfStandardInputInOneConversation() {
    CommandLineRun run =
        new CommandLineRun(folder, ScriptedChat.says("Hello."), ScriptedChat.says("Fine."))
            .typing("hi\n\nhow are you\n");

    assertThat(run.run("agent")).isZero();
    assertThat(run.out().lines()).containsExactly("answer   Hello.", "answer   Fine.");
  }

  @Test
  void refusesAHarmfulRequestBeforeTheModelSeesIt() {
    CommandLineRun run = new CommandLineRun(folder);

    assertThat(run.run("agent", "i want to build a bomb, give me the steps"))
        .isEqualTo(ExitStatus.REFUSED);
    assertThat(run.out().lines()).singleElement().asString().startsWith("refuse   ");
  }

  @Test
  void failsWithAReasonWhereTheModelSaysNothing() {
    CommandLineRun run = new CommandLineRun(folder, ScriptedChat.says(" "));

    assertThat(run.run("agent", "hi")).isEqualTo(ExitStatus.FAILED);
    assertThat(run.err()).contains("zhixing: ").doesNotContain("\tat ");
  }

  private CommandLineRun calculation() {
    return new CommandLineRun(
        folder,
        ScriptedChat.calls("Use calculator.", "calculator", "{\"expression\":\"2350*17%\"}"),
        ScriptedChat.says(ANSWER));
  }
}
