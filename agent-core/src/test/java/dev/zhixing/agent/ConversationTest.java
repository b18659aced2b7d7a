package dev.zhixing.agent;

import static dev.zhixing.agent.Setup.agent;
import static dev.zhixing.agent.Setup.text;
import static dev.zhixing.agent.Setup.tool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.output.FinishReason;
import dev.zhixing.agent.guardrail.ApprovalRail;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ConversationTest {
  private static final Toolbox LIGHT = tool("light", Effect.WRITE, t -> t + " is on").build();

  @Test
  void beginsEachRequestWithTheVeryMessagesOfTheOneBefore() {
    ScriptedModel model =
        new ScriptedModel()
            .says("Which room?")
            .calls("Use light.", "light", text("kitchen"))
            .says("It is on.")
            .says("You are welcome.");
    Conversation talk = agent(model, LIGHT).systemPrompt("Be short.").build().converse();

    talk.run("light on");
    talk.run("the kitchen");
    talk.run("thanks");

    assertThat(model.requests()).hasSize(4);
    for (int k = 1; k < 4; k++) {
      List<ChatMessage> before = model.requests().get(k - 1).messages();
      List<ChatMessage> after = model.requests().get(k).messages();
      assertThat(after).hasSizeGreaterThan(before.size());
      for (int i = 0; i < before.size(); i++) {
        assertThat(after.get(i)).isSameAs(before.get(i));
      }
    }
    assertThat(model.requests().getLast().messages()).hasSize(8);
  }

  @Test
  void sendsBackTheVeryMessageTheModelReturned() {
    ScriptedModel model = new ScriptedModel().says("Which room?").says("Done.");
    Conversation talk = agent(model, LIGHT).build().converse();

    RunResult first = talk.run("light on");
    talk.run("kitchen");

    assertThat(model.requests().getLast().messages().get(1))
        .isSameAs(first.run().steps().getFirst().reply().orElseThrow());
  }

  @Test
  void goesOnAfterAGivenHistory() {
    ScriptedModel model = new ScriptedModel().says("Fine.");
    List<ChatMessage> history = List.of(UserMessage.from("hi"), AiMessage.from("hello"));

    agent(model, LIGHT).build().converse(history).run("how are you?");

    assertThat(model.requests().getFirst().messages())
        .containsExactly(history.get(0), history.get(1), UserMessage.from("how are you?"));
  }

  @Test
  void givesEveryCallAResultBeforeTheNextRequest() {
    Toolbox tools = tool("wipe", Effect.DANGEROUS, t -> t).build();
    ScriptedModel model = new ScriptedModel().calls("", "wipe", text("a")).says("ok");
    Conversation talk = agent(model, tools).guardrail(new ApprovalRail()).build().converse();

    talk.run("wipe a");
    talk.run("never mind");

    List<ChatMessage> sent = model.requests().getLast().messages();
    assertThat(sent).hasSize(5);
    assertThat(((ToolExecutionResultMessage) sent.get(2)).text())
        .isEqualTo("wipe was not run: wipe does what cannot be taken back");
    assertThat(sent.get(3)).isInstanceOf(AiMessage.class);
  }

  @Test
  void runsOneRequestAtATime() {
    CountDownLatch go = new CountDownLatch(1);
    ScriptedModel model =
        new ScriptedModel()
            .does(
                _ -> {
                  Setup.waitFor(go);
                  return ScriptedModel.reply(AiMessage.from("late"), FinishReason.STOP);
                })
            .says("next");
    Conversation talk = agent(model, LIGHT).build().converse();
    Run first = talk.start("one", AgentListener.NONE);

    assertThatIllegalStateException().isThrownBy(() -> talk.run("two"));

    go.countDown();
    assertThat(first.await().text()).isEqualTo("late");
    assertThat(talk.run("two").text()).isEqualTo("next");
  }
}
