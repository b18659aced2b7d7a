package dev.zhixing.agent;

import static dev.zhixing.agent.Setup.agent;
import static dev.zhixing.agent.Setup.text;
import static dev.zhixing.agent.Setup.tool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Answers of a type. */
class TypedAnswerTest {
  private static final Toolbox ECHO = tool("echo", Effect.READ, t -> t).build();

  record Weather(String city, int degrees, List<String> clothes) {}

  private static final String JSON = "{\"city\":\"Bern\",\"degrees\":7,\"clothes\":[\"coat\"]}";

  @Test
  void givesTheAnswerAsARecord() {
    ScriptedModel model =
        new ScriptedModel().calls("Look.", "echo", text("7")).says("It is 7.").says(JSON);

    TypedResult<Weather> result =
        agent(model, ECHO).build().run("How warm is Bern?", Weather.class);

    assertThat(result.get()).isEqualTo(new Weather("Bern", 7, List.of("coat")));
    ChatRequest last = model.requests().getLast();
    assertThat(last.responseFormat().type()).isEqualTo(ResponseFormatType.JSON);
    assertThat(last.toolSpecifications()).isEmpty();
    assertThat(((UserMessage) last.messages().getLast()).singleText())
        .contains("as one JSON object")
        .contains("\"degrees\"");
    assertThat(last.messages()).hasSize(5); // request, call, result, answer, and what is wanted
  }

  @Test
  void asksInTheLanguageOfTheRequest() {
    ScriptedModel model = new ScriptedModel().says("七度。").says(JSON);

    agent(model, ECHO).build().run("伯尔尼多少度？", Weather.class);

    assertThat(((UserMessage) model.requests().getLast().messages().getLast()).singleText())
        .contains("JSON 对象");
  }

  @Test
  void tellsTheModelWhatIsWrongWithItsJson() {
    ScriptedModel model =
        new ScriptedModel()
            .says("It is 7.")
            .says("{\"city\":\"Bern\",\"degrees\":\"warm\"}")
            .says(JSON);

    TypedResult<Weather> result =
        agent(model, ECHO).build().run("How warm is Bern?", Weather.class);

    assertThat(result.get().degrees()).isEqualTo(7);
    assertThat(((UserMessage) model.requests().getLast().messages().getLast()).singleText())
        .contains("warm");
  }

  @Test
  void failsAfterThreeAnswersThatAreNone() {
    ScriptedModel model = new ScriptedModel().says("It is 7.").says("a").says("b").says("c");

    TypedResult<Weather> result =
        agent(model, ECHO).build().run("How warm is Bern?", Weather.class);

    assertThat(result.result()).isInstanceOf(RunResult.Failed.class);
    assertThat(result.value()).isEmpty();
    assertThatThrownBy(result::get).hasMessageContaining("expected JSON for Weather, found c");
  }

  @Test
  void hasNoValueWhereTheRunEndsOtherwise() {
    ScriptedModel model = new ScriptedModel().says("It is 7.").says(JSON);

    TypedResult<Weather> result =
        agent(model, ECHO)
            .budget(Budget.STANDARD.withModelCalls(1))
            .build()
            .run("How warm is Bern?", Weather.class);

    assertThat(result.value()).isEmpty();
    assertThat(result.result())
        .isEqualTo(
            new RunResult.OutOfBudget(result.result().run(), Budget.Limit.MODEL_CALLS, "It is 7."));
  }

  @Test
  void isOutOfBudgetWithTheWordsBeforeWhereItsJsonIsCut() {
    ScriptedModel model = new ScriptedModel().says("It is 7.").does(_ -> cut("{\"city\":\"Be"));

    TypedResult<Weather> result =
        agent(model, ECHO).build().run("How warm is Bern?", Weather.class);

    Run run = result.result().run();
    assertThat(result.result())
        .isEqualTo(new RunResult.OutOfBudget(run, Budget.Limit.REPLY_LENGTH, "It is 7."));
    assertThat(result.value()).isEmpty();
    assertThatThrownBy(result::get).hasMessageContaining("found OutOfBudget");
  }

  @Test
  void marksAWholeAnswerThatWasCutShortAsPartial() {
    ScriptedModel model = new ScriptedModel().says("It is 7.").does(_ -> cut(JSON));

    TypedResult<Weather> result =
        agent(model, ECHO).build().run("How warm is Bern?", Weather.class);

    assertThat(result.result()).isInstanceOf(RunResult.OutOfBudget.class);
    assertThat(result.value()).contains(new Weather("Bern", 7, List.of("coat")));
    assertThatThrownBy(result::get).hasMessageContaining("found OutOfBudget");
  }

  private static ChatResponse cut(String text) {
    return ScriptedModel.reply(AiMessage.from(text), FinishReason.LENGTH);
  }

  @Test
  void refusesATypeWithoutProperties() {
    Agent agent = agent(new ScriptedModel(), ECHO).build();

    assertThatThrownBy(() -> agent.run("Go", Integer.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("java.lang.Integer");
  }
}
