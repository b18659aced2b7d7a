package dev.zhixing.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A planner's own questions, and the two small ports. */
class PlannersQuestionsTest {
  private static final List<ChatMessage> QUESTION = List.of(UserMessage.from("Left or right?"));
  private static final List<String> WAYS = List.of("left", "right", "neither");

  /** Asks {@code question} once and answers with its reply. */
  private static Planner asking(ReplyForm form) {
    return run ->
        run.steps().isEmpty()
            ? Action.AskModel.aside("way", QUESTION).in(form)
            : new Action.Finish(run.steps().getLast().reply().orElseThrow().text());
  }

  private static AgentBuilder agent(ScriptedModel model, ReplyForm form) {
    return Agent.builder().model(model).planner(asking(form));
  }

  @Test
  void asksAModelForTheProbabilitiesOfOptions() {
    ScriptedModel model = new ScriptedModel().says("{\"probabilities\": [1, 3, 0]}");

    OptionScores scores = OptionScorer.asking(model).score(QUESTION, WAYS);

    assertThat(scores.probabilities()).containsExactly(0.25, 0.75, 0.0);
    assertThat(scores.best()).isEqualTo("right");
    assertThat(scores.usage()).isEqualTo(new Usage(10, 5, 7, null, null));
    assertThat(((UserMessage) model.requests().getFirst().messages().getLast()).singleText())
        .contains("1. left\n2. right\n3. neither");
  }

  @Test
  void makesTheBestOfARepliesThatHoldNoProbabilities() {
    ScriptedModel model =
        new ScriptedModel()
            .says("I'd go right.")
            .says("left, or right")
            .says("{\"probabilities\": [1, 2]}")
            .says("{\"probabilities\": [0, -1, \"x\"]}");
    OptionScorer scorer = OptionScorer.asking(model);

    assertThat(scorer.score(QUESTION, WAYS).probabilities()).containsExactly(0.0, 1.0, 0.0);
    for (int i = 0; i < 3; i++) {
      assertThat(scorer.score(QUESTION, WAYS).probabilities()).containsOnly(1.0 / 3);
    }
  }

  @Test
  void refusesOptionsThatCannotBeToldApart() {
    OptionScorer scorer = OptionScorer.asking(new ScriptedModel());

    for (List<String> bad : List.of(List.of("a"), List.of("a", "a"), List.of("a", " "))) {
      assertThatThrownBy(() -> scorer.score(QUESTION, bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("options: expected");
    }
  }

  @Test
  void putsTheLikeliestOptionIntoTheRunWithAllProbabilities() {
    ScriptedModel model = new ScriptedModel().says("{\"probabilities\": [0.1, 0.9, 0]}");
    List<AgentEvent> events = new ArrayList<>();

    RunResult result =
        agent(model, new ReplyForm.OneOf(WAYS))
            .budget(Budget.STANDARD.withOutputTokens(60))
            .listener(events::add)
            .build()
            .run("go");

    assertThat(result.text()).isEqualTo("right");
    AiMessage reply = result.run().steps().getFirst().reply().orElseThrow();
    assertThat(OptionScores.of(reply)).containsEntry("right", 0.9).containsEntry("left", 0.1);
    assertThat(result.run().usage().output()).isEqualTo(5);
    assertThat(model.requests()).extracting(ChatRequest::maxOutputTokens).containsExactly(60);
    assertThat(events)
        .anyMatch(e -> e instanceof AgentEvent.Asked asked && asked.purpose().equals("way"));
  }

  @Test
  void continuesARequestAsOftenAsItIsAskedWithinTheBudget() {
    ScriptedModel model = new ScriptedModel().says("a").says("b").says("c");

    RunResult result =
        agent(model, new ReplyForm.Branches(3))
            .budget(Budget.STANDARD.withOutputTokens(60))
            .build()
            .run("go");

    Step step = result.run().steps().getFirst();
    assertThat(step.replies()).extracting(AiMessage::text).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(model.requests()).extracting(ChatRequest::maxOutputTokens).containsOnly(20);
    assertThat(result.run().usage().output()).isEqualTo(15);
    assertThat(result.run().left().modelCalls()).isEqualTo(Budget.STANDARD.modelCalls() - 3);
  }

  @Test
  void asksForNoMoreContinuationsThanModelCallsAreLeft() {
    ScriptedModel model = new ScriptedModel();

    RunResult result =
        agent(model, new ReplyForm.Branches(3))
            .budget(Budget.STANDARD.withModelCalls(2))
            .build()
            .run("go");

    assertThat(result)
        .isEqualTo(new RunResult.OutOfBudget(result.run(), Budget.Limit.MODEL_CALLS, ""));
    assertThat(model.requests()).isEmpty();
  }

  @Test
  void asksForNoMoreContinuationsThanTokensAreLeft() {
    RunResult result =
        agent(new ScriptedModel(), new ReplyForm.Branches(3))
            .budget(Budget.STANDARD.withOutputTokens(2))
            .build()
            .run("go");

    assertThat(result)
        .isEqualTo(new RunResult.OutOfBudget(result.run(), Budget.Limit.OUTPUT_TOKENS, ""));
  }

  @Test
  void endsARunWhoseForkFailsOrTakesTooLong() {
    BranchingModel broken =
        (_, _) -> {
          throw new IllegalStateException("no fork");
        };
    BranchingModel slow =
        (_, _) -> {
          Setup.forever();
          return List.of();
        };

    RunResult failed =
        agent(new ScriptedModel(), new ReplyForm.Branches(2)).branching(broken).build().run("go");
    RunResult late =
        agent(new ScriptedModel(), new ReplyForm.Branches(2))
            .branching(slow)
            .budget(Budget.STANDARD.withTime(Duration.ofMillis(50)))
            .build()
            .run("go");

    assertThat(failed.reason()).isEqualTo("the model failed: no fork");
    assertThat(late).isEqualTo(new RunResult.OutOfBudget(late.run(), Budget.Limit.TIME, ""));
  }

  @Test
  void interruptsAForkWhenTheRunIsCancelled() {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    BranchingModel slow =
        (_, _) -> {
          begun.countDown();
          try {
            Setup.forever();
          } finally {
            interrupted.countDown();
          }
          return List.of();
        };
    Run run =
        agent(new ScriptedModel(), new ReplyForm.Branches(2))
            .branching(slow)
            .build()
            .converse()
            .start("go", AgentListener.NONE);
    Setup.waitFor(begun);

    run.cancel();

    assertThat(run.await()).isEqualTo(new RunResult.Cancelled(run, ""));
    Setup.waitFor(interrupted);
  }

  @Test
  void keepsAPlannersOwnQuestionsOutOfTheConversationAndOfWhatIsSaid() {
    ScriptedModel model = new ScriptedModel().says("left");
    List<AgentEvent> events = new ArrayList<>();
    Conversation conversation =
        agent(model, new ReplyForm.Text()).listener(events::add).build().converse();

    RunResult result = conversation.run("go");

    assertThat(result.text()).isEqualTo("left");
    assertThat(conversation.messages())
        .containsExactly(UserMessage.from("go"), AiMessage.from("left"));
    assertThat(events).contains(new AgentEvent.Thinking(1, "left"));
    assertThat(events).noneMatch(AgentEvent.Said.class::isInstance);
  }

  @Test
  void doesNotTakeAPlannersOwnQuestionForAPartialAnswer() {
    ScriptedModel model =
        new ScriptedModel()
            .does(_ -> ScriptedModel.reply(AiMessage.from("{\"plan"), FinishReason.LENGTH));

    RunResult result = agent(model, new ReplyForm.Text()).build().run("go");

    assertThat(result)
        .isEqualTo(new RunResult.OutOfBudget(result.run(), Budget.Limit.REPLY_LENGTH, ""));
  }

  @Test
  void forksInTheOrderOfTheReplies() {
    ScriptedModel model = new ScriptedModel().says("a");

    List<ChatResponse> one =
        BranchingModel.askingAgain(model).fork(ChatRequest.builder().messages(QUESTION).build(), 1);

    assertThat(one).extracting(r -> r.aiMessage().text()).containsExactly("a");
  }
}
