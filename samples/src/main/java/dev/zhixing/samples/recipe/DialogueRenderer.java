package dev.zhixing.samples.recipe;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.zhixing.chat.ConversationFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Renders scenarios with the very code that serves. The model learns what the assistant writes, and
 * nothing else.
 */
final class DialogueRenderer {

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
  Rendering render(List<ToolSpecification> offered, List<Scenario> scenarios) {
    Tokens tokens = new Tokens();
    tokens.read(format.opening(offered));
    for (Scenario scenario : scenarios) {
      add(scenario, tokens);
    }
    return tokens.toRendering();
  }

  private void add(Scenario scenario, Tokens tokens) {
    for (int i = 0; i < scenario.history().size(); i += 2) {
      tokens.read(format.message(UserMessage.from(scenario.history().get(i))));
      tokens.read(format.message(AiMessage.from(scenario.history().get(i + 1))));
    }
    tokens.read(format.message(UserMessage.from(scenario.user())));
    for (int round = 0; round < scenario.rounds().size(); round++) {
      List<Call> calls = scenario.rounds().get(round);
      String thought =
          thinking ? Thoughts.before(scenario.rounds(), round, scenario.language()) : "";
      tokens.read(format.cue());
      tokens.learn(format.reply(calling(thought, calls)));
      for (Call call : calls) {
        tokens.read(
            format.message(ToolExecutionResultMessage.from("", call.tool(), call.result())));
      }
    }
    tokens.read(format.cue());
    tokens.learn(format.reply(AiMessage.from(scenario.answer())));
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

  /** Token ids with their marks, growing. */
  private static final class Tokens {
    private int[] ids = new int[256];
    private boolean[] learn = new boolean[256];
    private int size;

    void read(int[] more) {
      add(more, false);
    }

    void learn(int[] more) {
      add(more, true);
    }

    private void add(int[] more, boolean learned) {
      if (size + more.length > ids.length) {
        int capacity = Math.max(ids.length * 2, size + more.length);
        ids = Arrays.copyOf(ids, capacity);
        learn = Arrays.copyOf(learn, capacity);
      }
      System.arraycopy(more, 0, ids, size, more.length);
      Arrays.fill(learn, size, size + more.length, learned);
      size += more.length;
    }

    Rendering toRendering() {
      return new Rendering(Arrays.copyOf(ids, size), Arrays.copyOf(learn, size));
    }
  }
}
