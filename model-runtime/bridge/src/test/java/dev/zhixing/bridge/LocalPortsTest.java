package dev.zhixing.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.zhixing.agent.Agent;
import dev.zhixing.agent.Budget;
import dev.zhixing.agent.OptionScores;
import dev.zhixing.agent.Run;
import dev.zhixing.agent.Step;
import dev.zhixing.agent.Usage;
import dev.zhixing.chat.LocalChatModel;
import dev.zhixing.chat.LocalChatRequestParameters;
import dev.zhixing.engine.Model;
import dev.zhixing.planner.tree.TreeSearchPlanner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocalPortsTest {
  private static final List<ChatMessage> MESSAGES =
      List.of(UserMessage.from("Is the sky blue? Answer yes or no, and nothing else, please."));

  private static final int THOUGHT = 24;

  private Model model;

  @BeforeAll
  void load(@TempDir Path folder) {
    model = Model.load(RandomModel.write(folder), 2);
  }

  @AfterAll
  void unload() {
    model.close();
  }

  private static ChatRequest request(long seed) {
    return ChatRequest.builder()
        .messages(MESSAGES)
        .parameters(
            LocalChatRequestParameters.builder()
                .seed(seed)
                .temperature(0.8)
                .maxOutputTokens(12)
                .build())
        .build();
  }

  @Test
  void continuesARequestInWaysThatDifferAndAreWhatEachSeedGivesAlone() {
    List<AiMessage> together;
    try (LocalChatModel chat = LocalChatModel.of(model)) {
      together =
          new LocalBranchingModel(chat)
              .fork(request(3), 8).stream().map(ChatResponse::aiMessage).toList();
    }
    List<String> alone = new ArrayList<>();
    try (LocalChatModel chat = LocalChatModel.of(model)) {
      for (int i = 0; i < 8; i++) {
        alone.add(chat.chat(request(3 + i)).aiMessage().text());
      }
    }

    assertThat(together).extracting(AiMessage::text).containsExactlyElementsOf(alone);
    assertThat(alone).doesNotHaveDuplicates();
    assertThat(together.stream().mapToInt(LocalPortsTest::prefilled).boxed())
        .containsExactly(prefilled(together.getFirst()), 0, 0, 0, 0, 0, 0, 0);
    assertThat(prefilled(together.getFirst())).isGreaterThan(50);
  }

  private static int prefilled(AiMessage message) {
    Object count = message.attributes().get(Usage.PREFILLED_TOKENS);
    return ((Number) Objects.requireNonNull(count)).intValue();
  }

  @Test
  void goesOnFromAnyContinuationWithoutReadingItAgain() {
    try (LocalChatModel chat = LocalChatModel.of(model)) {
      List<ChatResponse> ways = new LocalBranchingModel(chat).fork(request(3), 8);
      for (ChatResponse way : ways) {
        List<ChatMessage> longer = new ArrayList<>(MESSAGES);
        longer.add(way.aiMessage());
        longer.add(UserMessage.from("Go on."));
        ChatRequest next =
            ChatRequest.builder()
                .messages(longer)
                .parameters(LocalChatRequestParameters.builder().maxOutputTokens(2).build())
                .build();

        List<ChatResponse> further = new LocalBranchingModel(chat).fork(next, 2);

        // <|im_end|>\n<|im_start|>user\nGo on.<|im_end|>\n<|im_start|>assistant\n
        assertThat(prefilled(further.getFirst().aiMessage())).isLessThan(35);
      }
    }
  }

  /** The probabilities that the chain rule gives, one option alone at a time. */
  @Test
  void scoresEachOptionAsItsTokensOneByOneWould() {
    List<String> options = List.of("yes", "no", "yes and no");
    try (LocalChatModel chat = LocalChatModel.of(model)) {
      OptionScores scores = new LocalOptionScorer(chat).score(MESSAGES, options);

      int[] prompt =
          model
              .tokenizer()
              .encodeTrusted(
                  "<s><|im_start|>user\n"
                      + ((UserMessage) MESSAGES.getFirst()).singleText()
                      + "<|im_end|>\n<|im_start|>assistant\n");
      double[] expected = options.stream().mapToDouble(o -> likelihood(prompt, o)).toArray();
      double sum = expected[0] + expected[1] + expected[2];
      for (int i = 0; i < 3; i++) {
        assertThat(scores.probabilities().get(i)).isCloseTo(expected[i] / sum, within(1e-6));
      }
      assertThat(scores.usage().output()).isZero();
      assertThat(scores.usage().prefilled())
          .isEqualTo(prompt.length + "yesnoyes and no".length() + 3);
    }
  }

  private double likelihood(int[] prompt, String reply) {
    try (var session = model.newSession()) {
      float[] logits = session.append(prompt);
      double likelihood = 1;
      int[] ids = model.tokenizer().encodeTrusted(reply + "<|im_end|>");
      for (int id : ids) {
        double sum = 0;
        for (float logit : logits) {
          sum += Math.exp(logit);
        }
        likelihood *= Math.exp(logits[id]) / sum;
        logits = session.append(id);
      }
      return likelihood;
    }
  }

  @Test
  void searchingAmongEightBranchesReadsAtMostAThirdMoreThanOneBranch() {
    Run one = search(1);
    Run eight = search(8);

    assertThat(replies(one)).isEqualTo(4);
    assertThat(replies(eight)).isEqualTo(32);
    int alone = Objects.requireNonNull(one.usage().prefilled());
    int together = Objects.requireNonNull(eight.usage().prefilled());
    assertThat(alone).isGreaterThan(200);
    assertThat(together).isLessThanOrEqualTo(alone * 13 / 10);
  }

  private static List<ChatResponse> fork(LocalChatModel chat, ChatRequest request, int count) {
    assertThat(request.maxOutputTokens()).as("a share of the budget").isBetween(THOUGHT, 2048);
    ChatRequest shorter =
        ChatRequest.builder()
            .messages(request.messages())
            .parameters(LocalChatRequestParameters.builder().maxOutputTokens(THOUGHT).build())
            .build();
    return new LocalBranchingModel(chat).fork(shorter, count);
  }

  private static int replies(Run run) {
    return run.steps().stream().map(Step::replies).mapToInt(List::size).sum();
  }

  /** Four thoughts deep, then out of model calls. */
  private Run search(int breadth) {
    TreeSearchPlanner planner =
        TreeSearchPlanner.judgedBy(
            (_, thoughts) ->
                (thoughts.size() + Math.floorMod(thoughts.hashCode(), 100) / 100.0) / 9,
            new TreeSearchPlanner.Limits(breadth, 6, 6));
    try (LocalChatModel chat = LocalChatModel.of(model)) {
      return Agent.builder()
          .model(chat)
          .branching((request, count) -> fork(chat, request, count))
          .planner(planner)
          .budget(Budget.STANDARD.withSteps(4).withOutputTokens(2048 * breadth))
          .build()
          .run("How many sixes are in the first hundred numbers?")
          .run();
    }
  }
}
