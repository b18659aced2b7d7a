package dev.zhixing.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.TokenCountEstimator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenWindowTest {
  /** Ten tokens a message, whatever it says. */
  private static final TokenCountEstimator TEN_EACH =
      new TokenCountEstimator() {
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
          int count = 0;
          for (ChatMessage _ : messages) {
            count += 10;
          }
          return count;
        }
      };

  @Test
  void leavesAConversationAloneThatFits() {
    List<ChatMessage> talk = talk();

    assertThat(new TokenWindow(TEN_EACH, 90).fit(talk)).isSameAs(talk);
  }

  @Test
  void keepsTheSystemMessageAndTheNewestWholeExchanges() {
    List<ChatMessage> talk = talk();

    assertThat(new TokenWindow(TEN_EACH, 70).fit(talk)).isEqualTo(with(talk, 3));
    assertThat(new TokenWindow(TEN_EACH, 69).fit(talk)).isEqualTo(with(talk, 7));
    assertThat(new TokenWindow(TEN_EACH, 30).fit(talk)).isEqualTo(with(talk, 7));
    assertThat(new TokenWindow(TEN_EACH, 1).fit(talk)).isEqualTo(with(talk, 7));
  }

  @Test
  void neverPartsACallFromItsResult() {
    List<ChatMessage> talk = talk();

    for (int limit = 1; limit <= 100; limit++) {
      List<ChatMessage> kept = new TokenWindow(TEN_EACH, limit).fit(talk);

      assertThat(kept.get(1)).isInstanceOf(UserMessage.class);
      assertThat(kept.stream().filter(ToolExecutionResultMessage.class::isInstance).count())
          .isEqualTo(
              kept.stream()
                  .filter(m -> m instanceof AiMessage a && a.hasToolExecutionRequests())
                  .count());
    }
  }

  @Test
  void cutsDeepWhenItCuts() {
    List<ChatMessage> talk = talk();

    assertThat(new TokenWindow(TEN_EACH, 85, 40).fit(talk)).isEqualTo(with(talk, 7));
    assertThat(new TokenWindow(TEN_EACH, 90, 40).fit(talk)).isSameAs(talk);
  }

  /** A system message, then exchanges at 1 (two messages), 3 (four, with a call) and 7 (two). */
  private static List<ChatMessage> talk() {
    ToolExecutionRequest call =
        ToolExecutionRequest.builder().id("c").name("t").arguments("{}").build();
    return List.of(
        SystemMessage.from("s"),
        UserMessage.from("1"),
        AiMessage.from("a"),
        UserMessage.from("2"),
        AiMessage.from(call),
        ToolExecutionResultMessage.from(call, "r"),
        AiMessage.from("b"),
        UserMessage.from("3"),
        AiMessage.from("c"));
  }

  private static List<ChatMessage> with(List<ChatMessage> talk, int from) {
    List<ChatMessage> kept = new ArrayList<>(talk.subList(0, 1));
    kept.addAll(talk.subList(from, talk.size()));
    return kept;
  }
}
