package dev.zhixing.planner.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.zhixing.agent.Action;
import dev.zhixing.agent.Agent;
import dev.zhixing.agent.Planner;
import dev.zhixing.agent.ReplyForm;
import dev.zhixing.agent.Resumption;
import dev.zhixing.agent.RunResult;
import dev.zhixing.agent.ScriptedModel;
import dev.zhixing.agent.Setup;
import dev.zhixing.agent.journal.CutRun;
import dev.zhixing.planner.dag.DagPlanner;
import dev.zhixing.planner.plan.PlanAndExecutePlanner;
import dev.zhixing.planner.reflexion.ReflexionPlanner;
import dev.zhixing.planner.supervisor.Specialist;
import dev.zhixing.planner.supervisor.SupervisorPlanner;
import dev.zhixing.planner.tree.TreeSearchPlanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of every planner that are taken up again wherever their process died. */
class ResumedPlannersTest {
  @TempDir Path folder;

  private RunResult check(Planner planner, Supplier<ScriptedModel> script) throws IOException {
    return new CutRun(folder, script, model -> Agent.builder().model(model).planner(planner))
        .check(agent -> agent.run("Write a and b."), Resumption::run);
  }

  private static List<ReplyForm> forms(RunResult result) {
    return result.run().steps().stream()
        .flatMap(
            step ->
                step.action() instanceof Action.AskModel ask
                    ? List.of(ask.form()).stream()
                    : List.<ReplyForm>of().stream())
        .toList();
  }

  @Test
  void planAndExecuteGoesOnWithItsPlan() throws IOException {
    RunResult result =
        check(
            new PlanAndExecutePlanner(),
            () ->
                new ScriptedModel()
                    .says("no plan")
                    .says("{\"tasks\": [\"write a\", \"fly\"]}")
                    .calls("", "look", Setup.text("a"), "write", Setup.text("a"))
                    .says("a is written.")
                    .says("FAILED: I have no wings.")
                    .says("{\"tasks\": [\"write b\"]}")
                    .calls("", "write", Setup.text("b"))
                    .says("b is written.")
                    .says("Both are written."));

    assertThat(result.text()).isEqualTo("Both are written.");
    assertThat(forms(result)).hasAtLeastOneElementOfType(ReplyForm.Json.class);
  }

  @Test
  void dagGoesOnWithItsGraph() throws IOException {
    RunResult result =
        check(
            new DagPlanner(),
            () ->
                new ScriptedModel()
                    .says(
                        """
                        {"calls": [
                         {"id": "1", "tool": "look", "arguments": {"text": "x"}},
                         {"id": "2", "tool": "look", "arguments": {"text": "$1"}},
                         {"id": "3", "tool": "write", "arguments": {"text": "a after $2"}},
                         {"id": "4", "tool": "fly", "arguments": {"text": "$3"}}]}\
                        """)
                    .says(
                        """
                        {"calls": [{"id": "1", "tool": "write", "arguments": {"text": "b"}}]}\
                        """)
                    .says("Both are written."));

    assertThat(result.text()).isEqualTo("Both are written.");
  }

  @Test
  void reflexionGoesOnWithItsAdvice() throws IOException {
    RunResult result =
        check(
            new ReflexionPlanner(3),
            () ->
                new ScriptedModel()
                    .calls("", "write", Setup.text("a"))
                    .says("a is written.")
                    .says("{\"verdict\": \"revise\", \"advice\": \"Write b too.\"}")
                    .calls("", "write", Setup.text("b"))
                    .says("Both are written.")
                    .says("{\"verdict\": \"accept\", \"advice\": \"\"}"));

    assertThat(result.text()).isEqualTo("Both are written.");
    assertThat(forms(result)).hasAtLeastOneElementOfType(ReplyForm.Json.class);
  }

  @Test
  void supervisorGoesOnWithItsHandOffs() throws IOException {
    List<Specialist> team =
        List.of(
            new Specialist("first", "writes a", "", Set.of("write")),
            new Specialist("second", "writes b", "", Set.of("look", "write")));

    RunResult result =
        check(
            new SupervisorPlanner(team),
            () ->
                new ScriptedModel()
                    .says("{\"probabilities\": [0.8, 0.1, 0.1]}")
                    .calls("", "write", Setup.text("a"))
                    .calls("", "hand_off", "{\"agent\":\"second\",\"task\":\"write b\"}")
                    .calls("", "look", Setup.text("b"), "write", Setup.text("b"))
                    .says("b is written.")
                    .says("first")
                    .says("a is written.")
                    .says("done")
                    .says("Both are written."));

    assertThat(result.text()).isEqualTo("Both are written.");
    assertThat(forms(result)).hasAtLeastOneElementOfType(ReplyForm.OneOf.class);
  }

  /** Looks for a way out; its first step is wrong. */
  private static final Map<String, List<String>> WAYS =
      Map.of(
          "", List.of("Go left.", "Go right."),
          "Go left.", List.of("A wall.", "A pit."),
          "Go right.", List.of("A door.", "A window."),
          "A door.", List.of("Final Answer: through the door", "Turn back."));

  private static final Map<String, String> JUDGEMENTS =
      Map.of(
          "Go left.", "[0.6, 0.3, 0.1]",
          "Go right.", "[0.5, 0.4, 0.1]",
          "A wall.", "[0, 0.1, 0.9]",
          "A pit.", "[0, 0, 1]",
          "A door.", "[0.8, 0.2, 0]",
          "A window.", "[0.1, 0.4, 0.5]",
          "Final Answer: through the door", "[1, 0, 0]",
          "Turn back.", "[0, 0.2, 0.8]");

  /** Continues a thought with the next of its ways, judges thoughts, and answers from them. */
  private static ScriptedModel walker() {
    Map<String, AtomicInteger> grown = new ConcurrentHashMap<>();
    return new ScriptedModel()
        .answersBy(
            request -> {
              String question = Tools.question(request);
              if (question.contains("probabilities")) {
                return "{\"probabilities\": " + JUDGEMENTS.get(judged(request)) + "}";
              }
              if (question.startsWith("Answer the request")) {
                return "Perhaps " + lastThought(question);
              }
              String thought =
                  request.messages().stream()
                      .filter(AiMessage.class::isInstance)
                      .map(message -> ((AiMessage) message).text())
                      .reduce("", (_, last) -> last);
              List<String> ways = WAYS.getOrDefault(thought, List.of());
              int way = grown.computeIfAbsent(thought, _ -> new AtomicInteger()).getAndIncrement();
              return ways.get(way);
            });
  }

  private static String judged(ChatRequest request) {
    List<ChatMessage> messages = request.messages();
    String question = ((UserMessage) messages.get(messages.size() - 2)).singleText();
    String thoughts =
        question.substring(
            question.indexOf("Thoughts:\n") + "Thoughts:\n".length(),
            question.indexOf("\n\nReply with one word"));
    return thoughts.substring(thoughts.lastIndexOf('\n') + 1);
  }

  private static String lastThought(String question) {
    String thoughts = question.substring(0, question.indexOf("\n\nRequest:"));
    return thoughts.substring(thoughts.lastIndexOf('\n') + 1);
  }

  @Test
  void treeSearchGoesOnWithTheTreeThatItHasGrown() throws IOException {
    RunResult result =
        check(
            TreeSearchPlanner.judgedByModel(new TreeSearchPlanner.Limits(2, 4, 10)),
            ResumedPlannersTest::walker);

    assertThat(result.text()).isEqualTo("through the door");
    assertThat(forms(result))
        .hasAtLeastOneElementOfType(ReplyForm.Branches.class)
        .hasAtLeastOneElementOfType(ReplyForm.OneOf.class);
    assertThat(result.run().steps()).hasSize(4 + 8);
  }

  @Test
  void treeSearchGoesOnToAnAnswerFromItsThoughts() throws IOException {
    RunResult result =
        check(
            TreeSearchPlanner.judgedBy(
                (_, thoughts) -> thoughts.getLast().contains("door") ? 0.9 : 0.1,
                new TreeSearchPlanner.Limits(2, 2, 10)),
            ResumedPlannersTest::walker);

    assertThat(result.text()).isEqualTo("Perhaps A door.");
  }
}
