package dev.zhixing.samples.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.zhixing.agent.Agent;
import dev.zhixing.agent.Budget;
import dev.zhixing.planner.react.ReActPlanner;
import dev.zhixing.tool.ToolCatalog;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationTest {

  private static final Budget BUDGET = new Budget(8, 1000, Duration.ofSeconds(60));

  private final List<List<ChatMessage>> seen = new ArrayList<>();

  @Test
  void computesArithmeticForReal() {
    Report report =
        evaluate(
            "\"tools\": [\"calculator\"], \"user\": \"17% of 2350\"",
            "{\"calls\": [{\"tool\": \"calculator\", \"arguments\": {\"expression\": "
                + "{\"~value\": 399.5}}}], \"answer_contains\": [\"399.5\"]}",
            call("calculator", "{\"expression\":\"2350*17%\"}"),
            AiMessage.from("It is 399.50."));

    assertThat(report.overall().success()).isEqualTo(1);
    assertThat(results()).containsExactly("399.5");
  }

  @Test
  void givesResultsInTheOrderOfCallsAndRepeatsTheLast() {
    evaluate(
        "\"tools\": [\"recall\"], \"user\": \"u\", \"results\": {\"recall\": [\"one\", {\"x\":"
            + " 45.60}]}",
        "{\"calls\": []}",
        call("recall", "{\"query\":\"a\"}"),
        call("recall", "{\"query\":\"b\"}"),
        call("recall", "{\"query\":\"c\"}"),
        AiMessage.from("done"));

    assertThat(results()).containsExactly("one", "{\"x\":45.60}", "{\"x\":45.60}");
  }

  @Test
  void answersOkWhereATaskHasNoResult() {
    evaluate(
        "\"tools\": [\"remember\"], \"user\": \"u\"",
        "{\"calls\": []}",
        call("remember", "{\"fact\":\"a\"}"),
        AiMessage.from("done"));

    assertThat(results()).containsExactly("{\"ok\":true}");
  }

  @Test
  void offersToolsThatATaskDefinesItself() {
    Report report =
        evaluate(
            "\"tools\": [\"feed_pet\"], \"user\": \"u\", \"tool_specs\": {\"feed_pet\": "
                + "{\"description\": \"d\", \"parameters\": {\"type\": \"object\", \"properties\": "
                + "{\"grams\": {\"type\": \"integer\"}}, \"required\": [\"grams\"]}}}",
            "{\"calls\": [{\"tool\": \"feed_pet\", \"arguments\": {\"grams\": 5}}]}",
            call("feed_pet", "{\"grams\":5}"),
            AiMessage.from("done"));

    assertThat(report.overall().success()).isEqualTo(1);
  }

  @Test
  void refusesATaskWhoseToolNobodySpecified() {
    assertThatThrownBy(
            () -> evaluate("\"tools\": [\"fly\"], \"user\": \"u\"", "{}", AiMessage.from("no")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("fly");
  }

  @Test
  void countsACallOfAToolThatIsNotOffered() {
    Report report =
        evaluate(
            "\"tools\": [\"recall\"], \"user\": \"u\"",
            "{\"calls\": []}",
            call("calculator", "{\"expression\":\"1\"}"),
            AiMessage.from("sorry"));

    assertThat(report.overall().tools()).isZero();
  }

  @Test
  void putsHistoryBeforeTheRequest() {
    evaluate(
        "\"tools\": [], \"user\": \"and now?\", \"history\": [{\"role\": \"user\", \"content\": "
            + "\"hi\"}, {\"role\": \"assistant\", \"content\": \"hello\"}]",
        "{}",
        AiMessage.from("yes"));

    assertThat(seen.getFirst().stream().map(ChatMessage::type).map(Enum::name))
        .containsExactly("USER", "AI", "USER");
  }

  private List<String> results() {
    return seen.getLast().stream()
        .filter(ToolExecutionResultMessage.class::isInstance)
        .map(m -> ((ToolExecutionResultMessage) m).text())
        .toList();
  }

  private Report evaluate(String fields, String expect, AiMessage... replies) {
    String line =
        "{\"id\": \"t\", \"lang\": \"en\", \"suite\": \"s\", %s, \"expect\": %s}"
            .formatted(fields, expect);
    ChatModel model = new Script(new ArrayDeque<>(Arrays.asList(replies)));
    return new Evaluation(
            () -> Agent.builder().model(model).planner(new ReActPlanner()),
            ToolCatalog.standard(),
            BUDGET)
        .run(List.of(SuiteFile.parse(line, "test")), score -> {});
  }

  private static AiMessage call(String tool, String arguments) {
    return AiMessage.from(
        ToolExecutionRequest.builder().id("1").name(tool).arguments(arguments).build());
  }

  private final class Script implements ChatModel {
    private final Deque<AiMessage> replies;

    Script(Deque<AiMessage> replies) {
      this.replies = replies;
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
      seen.add(request.messages());
      return ChatResponse.builder().aiMessage(replies.removeFirst()).build();
    }
  }
}
