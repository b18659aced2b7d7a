package dev.zhixing.agent;

import static dev.zhixing.agent.Setup.text;
import static dev.zhixing.agent.Setup.tool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.service.tool.ToolProviderResult;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ToolboxTest {
  static final class Sums {
    @Tool("adds two numbers")
    @ToolEffect(Effect.READ)
    int add(@P(name = "a", value = "a") int a, @P(name = "b", value = "b") int b) {
      return Math.addExact(a, b);
    }

    @Tool("stores a number")
    void store(@P(name = "a", value = "a") int a) {
      if (a < 0) {
        throw new IllegalArgumentException("a must not be negative");
      }
    }
  }

  private final Toolbox sums = Toolbox.of(new Sums());

  @Test
  void offersToolMethodsWithTheirEffectsByName() {
    assertThat(sums.specifications())
        .extracting(ToolSpecification::name)
        .containsExactly("add", "store");
    assertThat(sums.effect("add")).contains(Effect.READ);
    assertThat(sums.effect("store")).contains(Effect.WRITE);
    assertThat(sums.effect("subtract")).isEmpty();
    assertThat(sums.call("add", "{\"a\":2,\"b\":3}").text()).isEqualTo("5");
  }

  @Test
  void saysWhichToolsThereAreWhereOneIsUnknown() {
    assertThat(sums.call("ad", "{}").text())
        .isEqualTo("Unknown tool ad, should be one of: add, store.");
    assertThat(Toolbox.of().call("ad", "{}").text())
        .isEqualTo("Unknown tool ad: there are no tools.");
  }

  @Test
  void saysWhatIsWrongWithArguments() {
    assertThat(sums.call("add", "{\"a\":\"2\",\"c\":3}").text())
        .isEqualTo(
            "Bad arguments for add: `b` is missing; `a` must be an integer, found the string \"2\";"
                + " `c` is unknown, there is a, b.");
  }

  @Test
  void passesOnWhatAToolThrows() {
    Observation seen = sums.call("store", "{\"a\":-1}");

    assertThat(seen).isInstanceOf(Observation.Failure.class);
    assertThat(seen.text()).isEqualTo("store failed: a must not be negative");
  }

  @Test
  void stopsACallAtItsTimeLimit() {
    Toolbox tools =
        tool("hang", Effect.READ, _ -> Setup.forever())
            .timeLimit("hang", Duration.ofMillis(50))
            .build();

    Observation seen = tools.call("hang", text("x"));

    assertThat(seen).isInstanceOf(Observation.Failure.class);
    assertThat(seen.text()).isEqualTo("hang was stopped after 0.05 s without a result.");
  }

  @Test
  void cutsALongResultMarksTheCutAndKeepsCharactersWhole() {
    Toolbox tools =
        Setup.with(Toolbox.builder().outputLimit(5), "echo", Effect.READ, t -> t).build();

    assertThat(tools.call("echo", text("12345")).text()).isEqualTo("12345");
    assertThat(tools.call("echo", text("1234567")).text())
        .isEqualTo("12345\n[cut: the first 5 of 7 characters]");
    assertThat(tools.call("echo", text("1234😀")).text())
        .isEqualTo("1234\n[cut: the first 4 of 6 characters]");
  }

  @Test
  void survivesAToolThatOverflowsItsStack() {
    Toolbox tools = tool("recurse", Effect.READ, ToolboxTest::recurse).build();

    assertThat(tools.call("recurse", text("x")).text())
        .isEqualTo("recurse failed: StackOverflowError");
  }

  @Test
  void asksProvidersInEachRun() {
    Toolbox tools =
        Toolbox.builder()
            .add(
                request ->
                    ToolProviderResult.builder()
                        .add(
                            ToolSpecification.builder().name("greet").build(),
                            (_, _) -> "hello " + request.userMessage().singleText())
                        .build(),
                Effect.READ)
            .build();
    ScriptedModel model = new ScriptedModel().calls("", "greet", "{}").says("done");

    Run run = Setup.agent(model, tools).build().run("you").run();

    assertThat(run.tools()).extracting(ToolSpecification::name).containsExactly("greet");
    assertThat(run.steps().get(1).observations().getFirst().text()).isEqualTo("hello you");
  }

  @Test
  void refusesTwoToolsOfOneName() {
    ToolboxBuilder builder = Toolbox.builder().add(new Sums());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.add(new Sums()))
        .withMessage("tool add: expected one of that name, found two");
  }

  @SuppressWarnings("InfiniteRecursion")
  private static String recurse(String text) {
    return recurse(text + "x") + text;
  }
}
