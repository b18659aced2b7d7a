package dev.zhixing.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.zhixing.agent.Agent;
import dev.zhixing.agent.RunResult;
import dev.zhixing.planner.react.ReActPlanner;
import java.nio.file.Path;
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

  private static String reason(StreamingChatModel model) {
    RunResult result = Agent.builder().model(model).planner(new ReActPlanner()).build().run("hi");
    assertThat(result).isInstanceOf(RunResult.Failed.class);
    return result.reason();
  }
}
