package dev.zhixing.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.zhixing.agent.Action;
import dev.zhixing.agent.Agent;
import dev.zhixing.agent.AgentBuilder;
import dev.zhixing.agent.AgentEvent;
import dev.zhixing.agent.ReplyForm;
import dev.zhixing.agent.RunResult;
import dev.zhixing.planner.react.ReActPlanner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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

  static List<ReplyForm> forms() {
    return List.of(
        new ReplyForm.Text(), new ReplyForm.Branches(2), new ReplyForm.OneOf(List.of("a", "b")));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void isAskedOnceWhereItCannotBeLoadedInWhateverForm(ReplyForm form) {
    List<AgentEvent> events = new ArrayList<>();
    LocalModels models = new LocalModels(folder);
    Path missing = folder.resolve("none.gguf");
    AgentBuilder builder = Agent.builder().model(models.load(missing)).listener(events::add);
    models.addPorts(builder, missing);

    RunResult result =
        builder
            .planner(run -> new Action.AskModel(run.messages(), List.of()).in(form))
            .build()
            .run("hi");

    assertThat(result.reason()).startsWith("the model failed: ").contains("none.gguf");
    assertThat(events)
        .filteredOn(AgentEvent.ModelFailed.class::isInstance)
        .extracting(event -> ((AgentEvent.ModelFailed) event).then())
        .containsExactly(AgentEvent.ModelFailed.Remedy.END);
  }

  private static String reason(StreamingChatModel model) {
    RunResult result = Agent.builder().model(model).planner(new ReActPlanner()).build().run("hi");
    assertThat(result).isInstanceOf(RunResult.Failed.class);
    return result.reason();
  }
}
