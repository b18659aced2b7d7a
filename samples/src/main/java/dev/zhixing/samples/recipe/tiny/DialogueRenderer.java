package dev.zhixing.samples.recipe.tiny;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.zhixing.chat.ConversationFormat;
import dev.zhixing.samples.recipe.Call;
import dev.zhixing.samples.recipe.Scenario;
import dev.zhixing.training.TokenDocument;
import java.util.ArrayList;
import java.util.List;

/**
 * Renders scenarios with the very code that serves. The model learns what the assistant writes, and
 * nothing else.
 */
final class DialogueRenderer {

  private static final float TEXT_WEIGHT = 0.3f;

  private final ConversationFormat format;
  private final boolean thinking;

  /**
   * @param thinking whether a short plan stands before tool calls
   */
  DialogueRenderer(ConversationFormat format, boolean thinking) {
    this.format = format;
    this.thinking = thinking;
  }

  /**
   * One conversation in which the scenarios' requests follow one another, with these tools on
   * offer.
   */
  TokenDocument render(List<ToolSpecification> offered, List<Scenario> scenarios) {
    DocumentBuilder tokens = new DocumentBuilder();
    tokens.read(format.opening(offered));
    for (Scenario scenario : scenarios) {
      add(scenario, tokens);
    }
    return tokens.build();
  }

  /** Plain text to learn whole, at a lower weight. */
  TokenDocument renderText(String text) {
    DocumentBuilder tokens = new DocumentBuilder();
    tokens.read(format.opening(List.of()));
    tokens.learn(format.reply(AiMessage.from(text)), TEXT_WEIGHT);
    return tokens.build();
  }

  /** Exercises, one turn after the other. */
  TokenDocument renderDrills(List<Drills.Turn> turns) {
    DocumentBuilder tokens = new DocumentBuilder();
    tokens.read(format.opening(List.of()));
    for (Drills.Turn turn : turns) {
      tokens.read(format.message(UserMessage.from(turn.user())));
      tokens.read(format.cue());
      tokens.learn(format.reply(AiMessage.from(turn.reply())), 1);
    }
    return tokens.build();
  }

  private void add(Scenario scenario, DocumentBuilder tokens) {
    for (int i = 0; i < scenario.history().size(); i += 2) {
      tokens.read(format.message(UserMessage.from(scenario.history().get(i))));
      tokens.read(format.message(AiMessage.from(scenario.history().get(i + 1))));
    }
    tokens.read(format.message(UserMessage.from(scenario.user())));
    for (int round = 0; round < scenario.rounds().size(); round++) {
      List<Call> calls = scenario.rounds().get(round);
      String thought = thinking ? Thoughts.before(scenario, round) : "";
      tokens.read(format.cue());
      tokens.learn(format.reply(calling(thought, calls)), 1);
      for (Call call : calls) {
        tokens.read(
            format.message(ToolExecutionResultMessage.from("", call.tool(), call.result())));
      }
    }
    tokens.read(format.cue());
    tokens.learn(format.reply(AiMessage.from(scenario.answer())), 1);
  }

  private static AiMessage calling(String thought, List<Call> calls) {
    List<ToolExecutionRequest> requests = new ArrayList<>();
    for (Call call : calls) {
      requests.add(
          ToolExecutionRequest.builder()
              .name(call.tool())
              .arguments(call.arguments().toString())
              .build());
    }
    return AiMessage.builder().text(thought).toolExecutionRequests(requests).build();
  }
}
