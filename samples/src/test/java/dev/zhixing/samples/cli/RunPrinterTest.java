package dev.zhixing.samples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhixing.agent.AgentEvent;
import dev.zhixing.agent.Effect;
import dev.zhixing.agent.ToolCall;
import dev.zhixing.agent.Usage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunPrinterTest {

  private static final ToolCall CALL = new ToolCall("1", "recall", "{}");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Test
  void showsATokenAtOnceOnATerminal() {
    RunPrinter printer = printer(true);

    printer.on(new AgentEvent.Asked(1, "m", 1, 100));
    printer.on(new AgentEvent.Said(1, "Use"));

    assertThat(shown()).isEqualTo("think    Use");
  }

  @Test
  void rewritesTheLabelOfWhatProvesToBeTheAnswer() {
    RunPrinter printer = printer(true);

    say(printer, List.of(), "It", " is 4.");
    end(printer, "It is 4.");

    assertThat(shown()).isEqualTo("think    It is 4.\ranswer   It is 4.\n");
  }

  @Test
  void takesALongTextForAnAnswerBeforeItsEnd() {
    RunPrinter printer = printer(true);
    String start = "x".repeat(55);

    printer.on(new AgentEvent.Asked(1, "m", 1, 100));
    printer.on(new AgentEvent.Said(1, start));
    printer.on(new AgentEvent.Said(1, " and more"));

    assertThat(shown()).isEqualTo("think    " + start + "\ranswer   " + start + " and more");
  }

  @Test
  void waitsForTheKindOfALineWhereNothingCanBeRewritten() {
    RunPrinter printer = printer(false);

    printer.on(new AgentEvent.Asked(1, "m", 1, 100));
    printer.on(new AgentEvent.Said(1, "Use recall."));
    assertThat(shown()).isEmpty();
    printer.on(new AgentEvent.Replied(1, "Use recall.", List.of(CALL), Usage.NONE, 1));

    assertThat(shown()).isEqualTo("think    Use recall.\n");
  }

  @Test
  void endsAThoughtWhenACallBeginsWhileTheModelStillSpeaks() {
    RunPrinter printer = printer(true);

    printer.on(new AgentEvent.Asked(1, "m", 1, 100));
    printer.on(new AgentEvent.Said(1, "Use recall."));
    printer.on(new AgentEvent.CallStarted(2, CALL, Effect.READ));
    printer.on(new AgentEvent.Replied(1, "Use recall.", List.of(CALL), Usage.NONE, 1));
    printer.on(new AgentEvent.Observed(2, true, CALL, "4", 1));

    assertThat(shown()).isEqualTo("think    Use recall.\nact      recall {}\nobserve  4\n");
  }

  @Test
  void doesNotRepeatAnAnswerThatACriticAccepted() {
    RunPrinter printer = printer(false);

    say(printer, List.of(), "It is 4.");
    printer.on(new AgentEvent.Asked(2, "m", 1, 100, "critique"));
    printer.on(new AgentEvent.Thinking(2, "accept"));
    printer.on(new AgentEvent.Replied(2, "accept", List.of(), Usage.NONE, 1));
    end(printer, "It is 4.");

    assertThat(shown()).isEqualTo("answer   It is 4.\n");
  }

  @Test
  void showsWhatACriticSaysAboutAnAnswerThatIsNotTheLast() {
    RunPrinter printer = printer(false);

    say(printer, List.of(), "It is 5.");
    printer.on(new AgentEvent.Asked(2, "m", 1, 100, "critique"));
    printer.on(new AgentEvent.Thinking(2, "revise"));
    printer.on(new AgentEvent.Replied(2, "revise", List.of(), Usage.NONE, 1));
    say(printer, List.of(), "It is 4.");
    end(printer, "It is 4.");

    assertThat(shown()).isEqualTo("answer   It is 5.\nthink    revise\nanswer   It is 4.\n");
  }

  @Test
  void indentsTheLinesOfAnAnswer() {
    RunPrinter printer = printer(false);

    say(printer, List.of(), "one\ntwo");
    end(printer, "one\ntwo");

    assertThat(shown()).isEqualTo("answer   one\n         two\n");
  }

  @Test
  void showsAnAnswerThatAGuardrailRewrote() {
    RunPrinter printer = printer(false);

    say(printer, List.of(), "The code is 1234.");
    end(printer, "The code is …");

    assertThat(shown()).endsWith("answer   The code is …\n");
  }

  @Test
  void saysHowLongItWaitsForAModel() {
    RunPrinter printer = printer(false);

    printer.on(new AgentEvent.Asked(1, "m", 1, 100));
    printer.on(
        new AgentEvent.ModelFailed(
            1, "m", 1, "busy", AgentEvent.ModelFailed.Remedy.RETRY, false, 17_000));

    assertThat(shown()).isEqualTo("model    m failed: busy; asking it again in 17.0 s\n");
  }

  @Test
  void showsWhatWasSaidUntilTheTimeWasOver() {
    RunPrinter printer = printer(false);

    printer.on(new AgentEvent.Asked(1, "m", 1, 100));
    printer.on(new AgentEvent.Said(1, "Three lights"));
    printer.on(new AgentEvent.Ended("r", "OutOfBudget", "Three lights", "time", 0, Usage.NONE, 1));

    assertThat(shown()).isEqualTo("so far   Three lights\n");
  }

  @Test
  void showsALongAnswerThatTheTimeCutOffOnce() {
    RunPrinter printer = printer(false);
    String cut = "The lights in the living room, in the kitchen and in the bedroom are";

    printer.on(new AgentEvent.Asked(1, "m", 1, 100));
    printer.on(new AgentEvent.Said(1, cut));
    printer.on(new AgentEvent.Ended("r", "OutOfBudget", cut, "time", 0, Usage.NONE, 1));

    assertThat(shown()).isEqualTo("answer   " + cut + "\n");
  }

  @Test
  void countsTwoColumnsForChinese() {
    assertThat(RunPrinter.columns("灯 on")).isEqualTo(5);
  }

  private void say(RunPrinter printer, List<ToolCall> calls, String... pieces) {
    printer.on(new AgentEvent.Asked(1, "m", 1, 100));
    for (String piece : pieces) {
      printer.on(new AgentEvent.Said(1, piece));
    }
    printer.on(new AgentEvent.Replied(1, String.join("", pieces), calls, Usage.NONE, 1));
  }

  private void end(RunPrinter printer, String text) {
    printer.on(new AgentEvent.Ended("r", "Answered", text, "answered", 1, Usage.NONE, 1));
  }

  private RunPrinter printer(boolean terminal) {
    return new RunPrinter(new PrintStream(bytes, true, UTF_8), terminal, Palette.PLAIN);
  }

  private String shown() {
    return bytes.toString(UTF_8).replace(System.lineSeparator(), "\n");
  }
}
