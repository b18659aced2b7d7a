package dev.zhixing.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.zhixing.agent.Agent;
import dev.zhixing.agent.AgentEvent;
import dev.zhixing.agent.RunResult;
import dev.zhixing.planner.react.ReActPlanner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalModelsTest {

  @TempDir Path folder;

  @Test
  void saysWhyAModelCannotBeLoadedWhenItIsFirstAsked() {
    LocalModels models = new LocalModels(folder);
    Path missing = folder.resolve("none.gguf");

    models.begin("agent", "--model", missing.toString(), "hi");

    assertThat(reason(models.load(missing))).contains("none.gguf");
  }

  @Test
  void loadsAnotherModelThanTheOneBegun() {
    LocalModels models = new LocalModels(folder);

    models.begin("agent", "--model=" + folder.resolve("first.gguf"), "hi");

    assertThat(reason(models.load(folder.resolve("second.gguf")))).contains("second.gguf");
  }

  @Test
  void saysAtOnceWhyAModelCannotBeLoadedToOneWhoWaits() {
    LocalModels models = new LocalModels(folder);
    Path missing = folder.resolve("none.gguf");

    assertThatThrownBy(() -> models.await(missing)).hasMessageContaining("none.gguf");
  }

  @Test
  void loadsAFileOnceHoweverItIsNamedAndWhateverIsLoadedBetween() {
    LocalModels models = new LocalModels(folder);
    StreamingChatModel first = models.load(folder.resolve("first.gguf"));
    StreamingChatModel second = models.load(folder.resolve("second.gguf"));

    assertThat(models.load(folder.resolve("more/../first.gguf"))).isEqualTo(first);
    assertThat(models.load(folder.resolve("second.gguf"))).isEqualTo(second).isNotEqualTo(first);
  }

  @Test
  void callsAModelByItsFileWhereItFails() {
    List<AgentEvent> events = new ArrayList<>();
    StreamingChatModel model = new LocalModels(folder).load(folder.resolve("none.gguf"));

    Agent.builder()
        .model(model)
        .planner(new ReActPlanner())
        .listener(events::add)
        .build()
        .run("hi");

    assertThat(events.stream().filter(AgentEvent.ModelFailed.class::isInstance))
        .singleElement()
        .extracting(event -> ((AgentEvent.ModelFailed) event).model())
        .isEqualTo("none.gguf");
  }

  private static String reason(StreamingChatModel model) {
    RunResult result = Agent.builder().model(model).planner(new ReActPlanner()).build().run("hi");
    assertThat(result).isInstanceOf(RunResult.Failed.class);
    return result.reason();
  }
}
