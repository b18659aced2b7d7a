package dev.zhixing.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.zhixing.agent.Agent;
import dev.zhixing.agent.Effect;
import dev.zhixing.agent.Run;
import dev.zhixing.agent.RunResult;
import dev.zhixing.agent.Step;
import dev.zhixing.agent.Toolbox;
import dev.zhixing.agent.journal.Journals;
import dev.zhixing.chat.LocalChatModel;
import dev.zhixing.chat.LocalChatOptions;
import dev.zhixing.chat.LocalChatRequestParameters;
import dev.zhixing.engine.Model;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A recorded run goes on from one of its steps on a local model that samples. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplayOnALocalModelTest {
  private static final Toolbox TOOLS =
      Toolbox.builder()
          .add(
              ToolSpecification.builder()
                  .name("light")
                  .parameters(JsonObjectSchema.builder().build())
                  .build(),
              (_, _) -> "the light is on, as it was before",
              Effect.READ)
          .build();

  private Model model;
  private Path folder;

  @BeforeAll
  void load(@TempDir Path temporary) {
    folder = temporary;
    model = Model.load(RandomModel.write(folder), 2);
  }

  @AfterAll
  void unload() {
    model.close();
  }

  @Test
  void readsNothingAgainOfTheStepsBefore() {
    try (LocalChatModel chat = chat(7)) {
      Run first = answered(agent(chat).run("Colours, please.").run().id(), chat, 3);

      Step again = first.steps().get(2);

      assertThat(again.usage().input()).isGreaterThan(100);
      assertThat(again.usage().prefilled()).isEqualTo(1); // the last token, for its logits
    }
  }

  @Test
  void writesTheSameTokensWithTheSeedOfTheRun() {
    String id;
    List<String> recorded;
    try (LocalChatModel chat = chat(7)) {
      Run run = agent(chat).run("Colours, please.").run();
      id = run.id();
      recorded = Colours.said(run);
    }
    assertThat(recorded).hasSize(2).doesNotHaveDuplicates();

    for (int step = 1; step <= 3; step++) {
      try (LocalChatModel chat = chat(7)) { // as in another process: nothing is in its cache
        assertThat(Colours.said(answered(id, chat, step))).isEqualTo(recorded);
      }
    }
    try (LocalChatModel chat = chat(8)) {
      assertThat(Colours.said(answered(id, chat, 1))).isNotEqualTo(recorded);
    }
  }

  private Run answered(String id, LocalChatModel chat, int step) {
    RunResult result = agent(chat).replay(id, step).run();

    assertThat(result).isInstanceOf(RunResult.Answered.class);
    return result.run();
  }

  private Agent agent(LocalChatModel chat) {
    return Agent.builder()
        .model(chat)
        .planner(Colours::next)
        .tools(TOOLS)
        .journal(new Journals(folder.resolve("runs")))
        .build();
  }

  private LocalChatModel chat(long seed) {
    return LocalChatModel.of(
        model,
        LocalChatOptions.builder()
            .defaults(LocalChatRequestParameters.builder().temperature(1.0).seed(seed).build())
            .build());
  }
}
