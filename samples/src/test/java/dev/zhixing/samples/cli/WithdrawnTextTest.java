package dev.zhixing.samples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.zhixing.agent.Agent;
import dev.zhixing.agent.AgentEvent;
import dev.zhixing.agent.AgentListener;
import dev.zhixing.agent.Retry;
import dev.zhixing.agent.RunResult;
import dev.zhixing.agent.journal.Journals;
import dev.zhixing.planner.react.ReActPlanner;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a model said before it failed is taken back wherever it was shown, in a replay too. */
class WithdrawnTextTest {

  private static final String LONG = "The lamp in the kitchen is on, and so is the one in the hall";
  private static final String TAKEN_BACK =
      "model    BreakingModel failed: the line broke; what it had said does not count; asking it"
          + " again\n";

  @TempDir Path folder;

  /** Breaks off after its first words as often as it is told to, then answers. */
  private static final class BreakingModel implements StreamingChatModel {
    private final String words;
    private int breaks;

    BreakingModel(String words, int breaks) {
      this.words = words;
      this.breaks = breaks;
    }

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
      if (breaks-- > 0) {
        if (!words.isEmpty()) {
          handler.onPartialResponse(words);
        }
        handler.onError(new EOFException("the line broke"));
      } else {
        new ScriptedChat(ScriptedChat.says("It is 4.")).doChat(request, handler);
      }
    }
  }

  @Test
  void saysOnATerminalThatWhatWasShownDoesNotCount() {
    assertThat(shown("It is fi", true))
        .isEqualTo("think    It is fi\n" + TAKEN_BACK + "think    It is 4.\ranswer   It is 4.\n");
  }

  @Test
  void showsNothingOfItWhereTheLineHadToWait() {
    assertThat(shown("It is fi", false))
        .isEqualTo(
            "model    BreakingModel failed: the line broke; asking it again\nanswer   It is 4.\n");
  }

  @Test
  void saysThatALongTextDoesNotCountThatWasShownAsAnAnswer() {
    assertThat(shown(LONG + ".", false))
        .isEqualTo("answer   " + LONG + ".\n" + TAKEN_BACK + "answer   It is 4.\n");
  }

  @Test
  void saysNothingOfTextWhereThereWasNone() {
    assertThat(shown("", true)).doesNotContain("does not count");
  }

  @Test
  void tellsMachinesWhichTextIsWithdrawn() throws JsonProcessingException {
    List<JsonNode> events = new ArrayList<>();
    for (String line : written("It is fi", 1, JsonEvents::new).split("\n", -1)) {
      if (!line.isEmpty()) {
        events.add(new JsonMapper().readTree(line));
      }
    }

    assertThat(events.stream().map(e -> e.path("event").asText()))
        .containsSubsequence("Asked", "Said", "ModelFailed", "Asked", "Said", "Replied");
    assertThat(
            events.stream()
                .filter(e -> e.path("event").asText().equals("ModelFailed"))
                .map(e -> e.path("withdrawn").asText()))
        .containsExactly("true");
  }

  @Test
  void countsNothingOfItInTheAnswerOfARunThatFails() {
    RunResult result = agent("It is fi", 9).run("2+2?");

    assertThat(result).isInstanceOf(RunResult.Failed.class);
    assertThat(result.text()).isEmpty();
  }

  private String shown(String words, boolean terminal) {
    return written(words, 1, out -> new RunPrinter(out, terminal, Palette.PLAIN));
  }

  /** What is written of a run, which its replay must write again to the letter. */
  private String written(String words, int breaks, Function<PrintStream, AgentListener> listener) {
    List<AgentEvent> live = new ArrayList<>();
    RunResult[] result = new RunResult[1];
    String text =
        caught(
            out ->
                result[0] =
                    agent(words, breaks)
                        .converse()
                        .run("2+2?", listener.apply(out).and(live::add)));

    var recorded = new Journals(folder).run(result[0].run().id());
    assertThat(caught(out -> recorded.replay(listener.apply(out)))).isEqualTo(text);
    assertThat(recorded.events()).isEqualTo(live);
    return text;
  }

  private Agent agent(String words, int breaks) {
    return Agent.builder()
        .model(new BreakingModel(words, breaks))
        .planner(new ReActPlanner())
        .retry(new Retry(3, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(20)))
        .journal(new Journals(folder))
        .build();
  }

  private static String caught(Consumer<PrintStream> body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    body.accept(new PrintStream(bytes, true, UTF_8));
    return bytes.toString(UTF_8).replace(System.lineSeparator(), "\n");
  }
}
