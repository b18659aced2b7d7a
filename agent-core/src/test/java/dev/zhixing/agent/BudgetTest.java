package dev.zhixing.agent;

import static dev.zhixing.agent.Setup.agent;
import static dev.zhixing.agent.Setup.text;
import static dev.zhixing.agent.Setup.tool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.TokenCountEstimator;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What each limit of a budget does. The scripted model takes 10 tokens in and 5 out a reply. */
class BudgetTest {
  private static final Toolbox ECHO = tool("echo", Effect.READ, t -> t).build();
  private static final Prices PRICES =
      new Prices(
          Map.of("Scripted", new Prices.Price(price("100000"), price("10000"), price("200000"))));

  private static BigDecimal price(String number) {
    return new BigDecimal(number);
  }

  private static ScriptedModel twoRounds() {
    return new ScriptedModel()
        .calls("First.", "echo", text("a"), "echo", text("b"))
        .calls("Second.", "echo", text("c"))
        .says("Done.");
  }

  private static RunResult run(ScriptedModel model, Budget budget) {
    return agent(model, ECHO).budget(budget).prices(PRICES).build().run("Go");
  }

  @Test
  void theLastStepMayBeTheAnswer() {
    RunResult result = run(twoRounds(), Budget.STANDARD.withSteps(5).withModelCalls(3));

    assertThat(result).isInstanceOf(RunResult.Answered.class);
    assertThat(result.run().left().steps()).isZero();
    assertThat(result.run().left().modelCalls()).isZero();
  }

  @Test
  void endsBeforeOneMoreQuestionToTheModel() {
    ScriptedModel model = twoRounds();

    RunResult result = run(model, Budget.STANDARD.withModelCalls(2));

    assertThat(result)
        .isEqualTo(new RunResult.OutOfBudget(result.run(), Budget.Limit.MODEL_CALLS, "Second."));
    assertThat(result.reason()).contains("2 questions");
    assertThat(model.requests()).hasSize(2);
  }

  @Test
  void runsNoneOfTheCallsThatAreTogetherTooMany() {
    RunResult result = run(twoRounds(), Budget.STANDARD.withToolCalls(1));

    assertThat(result)
        .isEqualTo(new RunResult.OutOfBudget(result.run(), Budget.Limit.TOOL_CALLS, "First."));
    assertThat(result.run().steps()).hasSize(1);
  }

  @Test
  void tellsThatAPromptWasLongerThanWhatWasLeft() {
    List<AgentEvent> events = new ArrayList<>();

    RunResult result =
        agent(twoRounds(), ECHO)
            .budget(Budget.STANDARD.withInputTokens(15))
            .listener(events::add)
            .build()
            .run("Go");

    assertThat(result)
        .isEqualTo(new RunResult.OutOfBudget(result.run(), Budget.Limit.INPUT_TOKENS, "Second."));
    assertThat(result.run().overshoots())
        .containsExactly(new Budget.Overshoot(Budget.Limit.INPUT_TOKENS, "5", "10"));
    assertThat(events).contains(new AgentEvent.Overshot(3, result.run().overshoots().getFirst()));
  }

  @Test
  void asksNothingThatIsTooLongWhereTokensAreCounted() {
    ScriptedModel model = twoRounds();

    RunResult result =
        agent(model, ECHO)
            .budget(Budget.STANDARD.withInputTokens(15))
            .tokenCounter(new TenEach())
            .build()
            .run("Go");

    assertThat(result)
        .isEqualTo(new RunResult.OutOfBudget(result.run(), Budget.Limit.INPUT_TOKENS, "First."));
    assertThat(result.run().overshoots()).isEmpty();
    assertThat(model.requests()).hasSize(1);
  }

  @Test
  void passesWhatIsLeftOfTokensAndMoneyOnToTheModel() {
    ScriptedModel model = twoRounds();

    run(model, Budget.STANDARD.withOutputTokens(100).withMoney(price("7")));

    // each reply costs 10 · 0.1 + 5 · 0.2 = 2, of which 5 and then 3 units are left
    assertThat(model.requests())
        .extracting(ChatRequest::maxOutputTokens)
        .containsExactly(35, 25, 15);
  }

  @Test
  void endsWhenTheMoneyIsSpentAndTellsWhatWasSpentBeyondIt() {
    RunResult result = run(twoRounds(), Budget.STANDARD.withMoney(price("3")));

    assertThat(result)
        .isEqualTo(new RunResult.OutOfBudget(result.run(), Budget.Limit.MONEY, "Second."));
    assertThat(result.run().overshoots())
        .extracting(Budget.Overshoot::limit)
        .containsExactly(Budget.Limit.MONEY);
    assertThat(result.run().usage().cost()).isEqualByComparingTo("4");
  }

  @Test
  void refusesToSpendMoneyOnAModelWithoutAPrice() {
    RunResult result =
        agent(twoRounds(), ECHO).budget(Budget.STANDARD.withMoney(price("3"))).build().run("Go");

    assertThat(result).isInstanceOf(RunResult.Failed.class);
    assertThat(result.reason()).contains("ScriptedModel").contains("prices");
  }

  @Test
  void cachedTokensHaveAPriceOfTheirOwn() {
    Usage usage = new Usage(10, 5, null, 4, null);

    assertThat(PRICES.of("ScriptedModel").orElseThrow().of(usage)).isEqualByComparingTo("1.64");
  }

  @Test
  void theLongestNameHasThePrice() {
    Prices.Price cheap = new Prices.Price(price("1"), price("1"), price("1"));
    Prices.Price dear = new Prices.Price(price("2"), price("2"), price("2"));
    Prices prices = new Prices(Map.of("m", dear, "m-small", cheap));

    assertThat(prices.of("m-small-2026")).contains(cheap);
    assertThat(prices.of("m-2026")).contains(dear);
    assertThat(prices.of("other")).isEmpty();
  }

  @Test
  void refusesLimitsBelowTheLeast() {
    assertThatThrownBy(() -> new Budget(0, 1, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("steps 0");
    assertThatThrownBy(() -> Budget.STANDARD.withMoney(price("-1")))
        .hasMessageContaining("money -1");
  }

  private static final class TenEach implements TokenCountEstimator {
    @Override
    public int estimateTokenCountInText(String text) {
      return 10;
    }

    @Override
    public int estimateTokenCountInMessage(ChatMessage message) {
      return 10;
    }

    @Override
    public int estimateTokenCountInMessages(Iterable<ChatMessage> messages) {
      return 10;
    }
  }
}
