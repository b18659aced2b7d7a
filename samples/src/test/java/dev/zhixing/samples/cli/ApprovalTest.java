package dev.zhixing.samples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhixing.agent.Agent;
import dev.zhixing.agent.AgentBuilder;
import dev.zhixing.agent.Effect;
import dev.zhixing.agent.RunResult;
import dev.zhixing.agent.Toolbox;
import dev.zhixing.agent.guardrail.ApprovalRail;
import dev.zhixing.planner.react.ReActPlanner;
import dev.zhixing.tool.ToolCatalog;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApprovalTest {

  private final List<String> cancelled = new ArrayList<>();

  @Test
  void runsNothingWithoutAPersonAndSaysHowToApprove() {
    RunResult result = agent(tool -> false).build().run("cancel order 1");

    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Endings.explain(result, new PrintStream(err, true, UTF_8), false);
    assertThat(ExitStatus.of(result)).isEqualTo(ExitStatus.NEEDS_APPROVAL);
    assertThat(cancelled).isEmpty();
    assertThat(err.toString(UTF_8))
        .contains("cancel_order {\"order_id\":\"1\"}", "--approve cancel_order", "--approve auto");
  }

  @Test
  void runsWhatWasApprovedBeforehand() {
    RunResult result = agent("cancel_order"::equals).build().run("cancel order 1");

    assertThat(ExitStatus.of(result)).isEqualTo(ExitStatus.ANSWERED);
    assertThat(cancelled).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"y", "Yes ", "是", "好"})
  void runsWhatAPersonApproves(String answer) {
    ask(answer);

    assertThat(cancelled).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"n", "''", "maybe", "NULL"})
  void doesNotRunWhatAPersonDoesNotApprove(String answer) {
    RunResult result = ask(answer.equals("NULL") ? null : answer);

    assertThat(cancelled).isEmpty();
    assertThat(result).isInstanceOf(RunResult.Answered.class);
  }

  private RunResult ask(@Nullable String answer) {
    List<String> questions = new ArrayList<>();
    RunResult result =
        agent(tool -> false)
            .approver(
                new AskingApprover(
                    question -> {
                      questions.add(question);
                      return answer;
                    }))
            .build()
            .run("cancel order 1");
    assertThat(questions).singleElement().asString().contains("cancel_order {\"order_id\":\"1\"}?");
    return result;
  }

  private AgentBuilder agent(Predicate<String> approved) {
    return Agent.builder()
        .model(
            new ScriptedChat(
                ScriptedChat.calls("", "cancel_order", "{\"order_id\":\"1\"}"),
                ScriptedChat.says("Done.")))
        .planner(new ReActPlanner())
        .guardrail(new PreApproved(new ApprovalRail("cancel_order"), approved))
        .tools(
            Toolbox.builder()
                .add(
                    ToolCatalog.standard().get("cancel_order"),
                    (request, id) -> {
                      cancelled.add(request.arguments());
                      return "{\"ok\":true}";
                    },
                    Effect.WRITE)
                .build());
  }
}
