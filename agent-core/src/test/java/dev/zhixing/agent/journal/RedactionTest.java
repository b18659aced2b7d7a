package dev.zhixing.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.zhixing.agent.AgentEvent;
import dev.zhixing.agent.Effect;
import dev.zhixing.agent.JournalEntry;
import dev.zhixing.agent.OptionScores;
import dev.zhixing.agent.RecordedCall;
import dev.zhixing.agent.ReplyForm;
import dev.zhixing.agent.RunResult;
import dev.zhixing.agent.ScriptedModel;
import dev.zhixing.agent.Setup;
import dev.zhixing.agent.Toolbox;
import dev.zhixing.agent.Usage;
import dev.zhixing.agent.guardrail.ApprovalRail;
import dev.zhixing.agent.redaction.Redaction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
  private static final String SECRET = "Tr0ub4dor-9f3";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sk-proj-abcdefghij0123456789",
        "AKIAABCDEFGHIJKLMNOP",
        "ghp_abcdefghijklmnopqrstuvwxyz0123456789",
        "xoxb-123456789012-abcdef",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc_DEF-123",
      })
  void takesKeysOfServicesOutOfAnyText(String key) {
    assertThat(Redaction.standard().text("Use " + key + ", please"))
        .isEqualTo("Use " + RecordedCall.REDACTED + ", please");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization: Bearer Tr0ub4dor-9f3",
        "my password is Tr0ub4dor-9f3",
        "API_KEY=Tr0ub4dor-9f3",
        "https://ann:Tr0ub4dor-9f3@example.org/",
        "密码是Tr0ub4dor-9f3。",
        "-----BEGIN RSA PRIVATE KEY-----\nTr0ub4dor-9f3\n-----END RSA PRIVATE KEY-----",
        "{\"user\":\"ann\",\"password\":\"Tr0ub4dor-9f3\"}",
        "{\"login\":{\"apiKey\":\"Tr0ub4dor-9f3\"}}",
        "[{\"access_token\":\"Tr0ub4dor-9f3\"}]",
        "{\"body\":\"{\\\"client-secret\\\":\\\"Tr0ub4dor-9f3\\\"}\"}",
      })
  void takesSecretsOutWhereTheirNameTells(String text) {
    assertThat(Redaction.standard().text(text))
        .doesNotContain(SECRET)
        .contains(RecordedCall.REDACTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Turn on the lamp in room 12.",
        "{\"text\": \"a\",  \"n\": 1.50}",
        "{\"tokens\":12,\"secretary\":\"Ann\"}",
        "[1, 2",
        "the bearer of the ring",
      })
  void leavesOtherTextsAsTheyAre(String text) {
    assertThat(Redaction.standard().text(text)).isEqualTo(text);
  }

  @Test
  void takesOutWhatUsersAdd() {
    Redaction redaction =
        Redaction.standard().and(Pattern.compile("ACME-\\d+")).andProperty("card_number");

    assertThat(redaction.text("ACME-77 and {}")).isEqualTo(RecordedCall.REDACTED + " and {}");
    assertThat(redaction.text("{\"cardNumber\":4111}"))
        .isEqualTo("{\"cardNumber\":\"" + RecordedCall.REDACTED + "\"}");
  }

  @Test
  void keepsSecretsFromTheJournalAndNotFromTheTool() throws IOException {
    List<String> seen = new ArrayList<>();
    ScriptedModel model =
        new ScriptedModel()
            .calls(
                "I log in with sk-abcdefghijklmnop1234.", "log_in", "{\"text\":\"" + key() + "\"}")
            .says("Logged in, the password is " + SECRET + ".");
    Toolbox tools =
        Setup.tool(
                "log_in",
                Effect.WRITE,
                t -> {
                  seen.add(t);
                  return "{\"token\":\"" + SECRET + "\"}";
                })
            .build();

    RunResult result =
        dev.zhixing.agent.Agent.builder()
            .model(model.streaming())
            .planner(Setup.IN_TURNS)
            .tools(tools)
            .journal(new Journals(folder))
            .build()
            .run("Log in. My password is " + SECRET);

    assertThat(seen).containsExactly(key());
    assertThat(result.text()).contains(SECRET);
    assertThat(Files.readString(folder.resolve(result.run().id() + ".jsonl")))
        .doesNotContain(SECRET, "abcdefghijklmnop", "efghijkl")
        .contains(RecordedCall.REDACTED);
    assertThat(new Journals(folder).run(result.run().id()).events())
        .hasSameSizeAs(new Journals(folder).run(result.run().id()).events())
        .filteredOn(AgentEvent.Said.class::isInstance)
        .hasSize(2);
  }

  @Test
  void runsAnApprovedCallWithASecretOnlyInTheProcessThatAsked() {
    List<String> seen = new ArrayList<>();
    ScriptedModel model = new ScriptedModel().calls("", "wipe", Setup.text(key())).says("Wiped.");
    Toolbox tools =
        Setup.tool(
                "wipe",
                Effect.DANGEROUS,
                t -> {
                  seen.add(t);
                  return "done";
                })
            .build();
    Journals journals = new Journals(folder);
    dev.zhixing.agent.Agent agent =
        Setup.agent(model, tools).guardrail(new ApprovalRail()).journal(journals).build();

    RunResult.NeedsApproval waiting = (RunResult.NeedsApproval) agent.run("wipe it");

    org.assertj.core.api.Assertions.assertThatIllegalStateException()
        .isThrownBy(() -> agent.resume(waiting.run().id()).with(waiting.approve()).run())
        .withMessageContaining("secret");
    assertThat(seen).isEmpty();
    assertThat(agent.resume(waiting).with(waiting.approve()).run().text()).isEqualTo("Wiped.");
    assertThat(seen).containsExactly(key());
  }

  @Test
  void reportsACallWithASecretAsNotRunWhereTheProcessDiedBeforeIt() throws IOException {
    Journals journals = new Journals(folder);
    ScriptedModel model = new ScriptedModel().calls("", "wipe", Setup.text(key())).says("Wiped.");
    List<String> seen = new ArrayList<>();
    Toolbox tools =
        Setup.tool(
                "wipe",
                Effect.WRITE,
                t -> {
                  seen.add(t);
                  return "done";
                })
            .build();
    RunResult first = Setup.agent(model, tools).journal(journals).build().run("wipe it");
    Path file = folder.resolve(first.run().id() + ".jsonl");
    List<String> lines = Files.readAllLines(file);
    int acting = lines.indexOf(lines.stream().filter(l -> l.contains("Acting")).findFirst().get());
    Files.writeString(file, String.join("\n", lines.subList(0, acting + 1)) + "\n");

    RunResult result =
        Setup.agent(new ScriptedModel().says("It was not done."), tools)
            .journal(journals)
            .build()
            .resume(first.run().id())
            .run();

    assertThat(seen).hasSize(1);
    assertThat(result.run().steps().get(1).observations().getFirst().text())
        .contains("was not run", "secret");
  }

  private static String key() {
    return "ghp_abcdefghijklmnopqrstuvwxyz0123456789";
  }

  @Test
  void keepsOptionsApartThatDifferInASecretOnly() {
    List<String> options = List.of("Log in with password=hunter2", "Log in with password=hunter3");
    AiMessage reply =
        AiMessage.builder()
            .text(options.get(1))
            .attributes(
                Map.of(OptionScores.ATTRIBUTE, Map.of(options.get(0), 0.25, options.get(1), 0.75)))
            .build();
    JournalEntry.Told told =
        new JournalEntry.Told(
            1,
            0,
            List.of(),
            null,
            "way",
            false,
            new ReplyForm.OneOf(options),
            List.of(reply),
            Usage.NONE,
            1);

    byte[] line = Lines.write(1, Instant.EPOCH, told, Redaction.standard());
    JournalEntry.Told read =
        (JournalEntry.Told) Lines.read(Path.of("a.jsonl"), line).entries().getFirst();

    assertThat(new String(line, StandardCharsets.UTF_8)).doesNotContain("hunter");
    List<String> kept = ((ReplyForm.OneOf) Objects.requireNonNull(read.form())).options();
    assertThat(kept).hasSize(2).doesNotHaveDuplicates();
    assertThat(read.replies().getFirst().text()).isEqualTo(kept.get(1));
    assertThat(OptionScores.of(read.replies().getFirst()))
        .isEqualTo(Map.of(kept.get(0), 0.25, kept.get(1), 0.75));
  }
}
