package dev.zhixing.samples.eval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

  private static final Wording WORDING = Wording.load();

  @TempDir Path folder;

  @Test
  void countsPerSuiteAndLanguageAndOverall() {
    Report report = report();

    assertThat(report.suites().keySet()).containsExactly("chat", "memory");
    assertThat(report.suites().get("chat")).isEqualTo(new Tally(2, 1, 2, 0, 0, 2, 1));
    assertThat(report.languages().get("zh")).isEqualTo(new Tally(1, 0, 0, 1, 0, 0, 0));
    assertThat(report.overall()).isEqualTo(new Tally(3, 1, 2, 1, 0, 2, 1));
  }

  @Test
  void showsADashWhereNothingIsJudged() {
    String chat = report().table().lines().filter(l -> l.startsWith("chat")).findFirst().orElse("");

    assertThat(chat.split(" +"))
        .containsExactly("chat", "2", "50.0", "%", "100.0", "%", "-", "50.0", "%");
  }

  @Test
  void writesRatesAndFailedTasksForScripts() {
    var json = report().json();

    assertThat(json.at("/suites/chat/success").doubleValue()).isEqualTo(0.5);
    assertThat(json.at("/suites/chat/arguments").isNull()).isTrue();
    assertThat(json.at("/failed").toString()).isEqualTo("[\"2\",\"3\"]");
  }

  @Test
  void writesAPredictionALine() throws IOException {
    Path file = folder.resolve("predictions.jsonl");
    MadeCall call = new MadeCall("recall", JsonNodeFactory.instance.objectNode().put("query", "鞋"));

    try (var predictions = new Predictions(file)) {
      predictions.write("a", new Outcome(List.of(call), "42", "Answered"));
      predictions.write("b", new Outcome(List.of(), "no", "Answered"));
    }

    assertThat(Files.readAllLines(file))
        .containsExactly(
            "{\"id\":\"a\",\"calls\":[{\"tool\":\"recall\",\"arguments\":{\"query\":\"鞋\"}}],"
                + "\"answer\":\"42\"}",
            "{\"id\":\"b\",\"calls\":[],\"answer\":\"no\"}");
  }

  @Test
  void writesPredictionsWithoutSecrets() throws IOException {
    Path file = folder.resolve("predictions.jsonl");

    try (var predictions = new Predictions(file)) {
      predictions.write("a", new Outcome(List.of(), "The password is hunter2.", "Answered"));
    }

    assertThat(Files.readString(file)).doesNotContain("hunter2").contains("«redacted»");
  }

  private static Report report() {
    String chat = "\"calls\": [], \"answer_contains\": [\"blue\"]";
    String recall = "\"calls\": [{\"tool\": \"recall\", \"arguments\": {}}]";
    return new Report(
        List.of(
            score("1", "en", "chat", chat, "blue"),
            score("2", "en", "chat", chat, "red"),
            score("3", "zh", "memory", recall, "")));
  }

  private static Score score(String id, String lang, String suite, String expect, String answer) {
    String line =
        "{\"id\": \"%s\", \"lang\": \"%s\", \"suite\": \"%s\", \"user\": \"u\", \"expect\": {%s}}"
            .formatted(id, lang, suite, expect);
    return Score.of(
        SuiteFile.parse(line, "test"), new Outcome(List.of(), answer, "Answered"), WORDING);
  }
}
