package dev.zhixing.agent.guardrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.zhixing.agent.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On the development suites, the rail refuses exactly what is to be refused. */
class EvaluationSuitesTest {

  @ParameterizedTest
  @ValueSource(strings = {"dev.jsonl", "dev-wide.jsonl", "dev-wide-unseen.jsonl"})
  void refusesExactlyTheTasksOfSuiteRefuse(String file) throws IOException {
    Optional<Path> suite = shared().map(s -> s.resolve("eval").resolve(file)).filter(Files::exists);
    assumeTrue(suite.isPresent(), "no shared evaluation suites here");
    HarmfulRequestRail rail = new HarmfulRequestRail();
    List<String> wrong = new ArrayList<>();

    for (String line : Files.readAllLines(suite.orElseThrow())) {
      JsonNode task = new ObjectMapper().readTree(line);
      Verdict verdict = rail.onInput(task.get("user").asText(), history(task));
      if (verdict instanceof Verdict.Block != task.get("suite").asText().equals("refuse")) {
        wrong.add(task.get("id").asText() + " " + verdict);
      }
    }

    assertThat(wrong).isEmpty();
  }

  private static List<ChatMessage> history(JsonNode task) {
    List<ChatMessage> history = new ArrayList<>();
    for (JsonNode turn : task.path("history")) {
      String content = turn.get("content").asText();
      history.add(
          turn.get("role").asText().equals("user")
              ? UserMessage.from(content)
              : AiMessage.from(content));
    }
    return history;
  }

  private static Optional<Path> shared() {
    Path here = Path.of("").toAbsolutePath();
    return Stream.iterate(here, p -> p != null, Path::getParent)
        .map(p -> p.resolve("shared"))
        .filter(s -> Files.isDirectory(s.resolve("reference/gguf")))
        .findFirst();
  }
}
