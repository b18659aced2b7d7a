package dev.zhixing.agent.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.zhixing.agent.Budget;
import dev.zhixing.agent.Effect;
import dev.zhixing.agent.JournalEntry;
import dev.zhixing.agent.ReplyForm;
import dev.zhixing.agent.RunResult;
import dev.zhixing.agent.ScriptedModel;
import dev.zhixing.agent.Setup;
import dev.zhixing.agent.Step;
import dev.zhixing.agent.Usage;
import dev.zhixing.agent.redaction.Redaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal keeps the tokens of what a local model said, but none of a message with a secret. */
class TurnIdsTest {
  private static final String SECRET = "Tr0ub4dor-9f3";

  @TempDir Path folder;

  @Test
  void areReadAsTheyWereWritten() {
    List<AiMessage> replies = List.of(saying("Hello.", 70, 71), saying("Bye.", 1, 2, 31_999));

    JournalEntry.Told read = (JournalEntry.Told) read(write(told(List.of(), replies)));

    assertThat(read.replies()).isEqualTo(replies);
  }

  @Test
  void goWhereTheMessageHeldASecretAndNowhereElse() {
    AiMessage thinking =
        withIds(AiMessage.builder().text("Done.").thinking("password: " + SECRET), 901, 902);
    AiMessage calling =
        withIds(
            AiMessage.builder()
                .toolExecutionRequests(
                    List.of(
                        ToolExecutionRequest.builder()
                            .id("1")
                            .name("log_in")
                            .arguments("{\"password\":\"" + SECRET + "\"}")
                            .build())),
            903,
            904);
    AiMessage innocent = saying("Hello.", 70, 71);
    List<AiMessage> replies =
        List.of(saying("The password is " + SECRET, 905, 906), innocent, thinking, calling);

    String line = write(told(List.copyOf(replies), replies));
    JournalEntry.Told read = (JournalEntry.Told) read(line);

    assertThat(line).doesNotContain(SECRET, "[90");
    assertThat(read.replies()).hasSize(4).contains(innocent);
    assertThat(read.rest()).hasSize(4).contains((ChatMessage) innocent);
    assertThat(read.replies().getFirst().attributes()).containsKey("zhixing.turn");
  }

  @Test
  void goFromTheHistoryAndTheFirstMessagesToo() {
    AiMessage secret = saying("The card is ACME-77.", 901, 902);
    Redaction redaction = Redaction.standard().and(Pattern.compile("ACME-\\d+"));
    ReplyForm.Json json = new ReplyForm.Json(ResponseFormat.JSON, false);
    JournalEntry begun =
        new JournalEntry.Begun(
            "run", "run", "", "Hi", List.of(secret), Budget.STANDARD, Map.of(), json);
    JournalEntry opened =
        new JournalEntry.Opened("Hi", List.of(secret, UserMessage.from("Hi")), List.of());

    for (JournalEntry entry : List.of(begun, opened)) {
      assertThat(write(entry, redaction)).doesNotContain("ACME", "[901,");
      assertThat(write(entry, Redaction.none())).contains("ACME", "[901,");
    }
  }

  @Test
  void ofASecretAreNowhereInARunsJournal() throws IOException {
    ScriptedModel model =
        new ScriptedModel()
            .replies(
                saying("It is one.", 70, 71).toBuilder()
                    .toolExecutionRequests(
                        List.of(
                            ToolExecutionRequest.builder()
                                .id("1")
                                .name("echo")
                                .arguments(Setup.text("one"))
                                .build()))
                    .build())
            .replies(saying("The password is " + SECRET + ".", 901, 902));

    RunResult result =
        Setup.agent(model, Setup.tool("echo", Effect.READ, t -> t).build())
            .journal(new Journals(folder))
            .build()
            .run("Say one");
    List<Step> recorded = new Journals(folder).run(result.run().id()).steps();

    assertThat(result).isInstanceOf(RunResult.Answered.class);
    assertThat(Files.readString(folder.resolve(result.run().id() + ".jsonl")))
        .contains("«redacted»")
        .doesNotContain(SECRET, "[901,", ",902]");
    assertThat(recorded.getFirst().reply()).isEqualTo(result.run().steps().getFirst().reply());
    assertThat(ids(recorded.getFirst())).isEqualTo(List.of(70, 71));
    assertThat(ids(recorded.getLast())).isNull();
  }

  private static @Nullable Object ids(Step step) {
    return step.reply().orElseThrow().attributes().get(Usage.TURN_IDS);
  }

  private static AiMessage saying(String text, Integer... ids) {
    return withIds(AiMessage.builder().text(text), ids);
  }

  private static AiMessage withIds(AiMessage.Builder message, Integer... ids) {
    return message.attributes(Map.of("zhixing.turn", "t", Usage.TURN_IDS, List.of(ids))).build();
  }

  private static JournalEntry told(List<ChatMessage> rest, List<AiMessage> replies) {
    return new JournalEntry.Told(1, 0, rest, null, "way", false, null, replies, Usage.NONE, 1);
  }

  private static String write(JournalEntry entry) {
    return write(entry, Redaction.standard());
  }

  private static String write(JournalEntry entry, Redaction redaction) {
    return new String(Lines.write(1, Instant.EPOCH, entry, redaction), UTF_8);
  }

  private static JournalEntry read(String line) {
    return Lines.read(Path.of("a.jsonl"), line.getBytes(UTF_8)).entries().getFirst();
  }
}
