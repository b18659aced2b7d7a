package dev.zhixing.agent;

import static dev.zhixing.agent.Setup.agent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Large sets of tools. */
class ToolSelectionTest {
  private static final List<String> WORDS = List.of("light", "door", "music", "weather", "mail");

  /** Has a dimension for each of a few words, and remembers what it was asked. */
  private static final class WordModel implements EmbeddingModel {
    private final List<String> asked = new ArrayList<>();

    @Override
    public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
      List<Embedding> embeddings = new ArrayList<>();
      for (TextSegment segment : segments) {
        asked.add(segment.text());
        String text = segment.text().toLowerCase(Locale.ROOT);
        float[] vector = new float[WORDS.size() + 1];
        vector[WORDS.size()] = 0.1f;
        for (int i = 0; i < WORDS.size(); i++) {
          vector[i] = text.contains(WORDS.get(i)) ? 1 : 0;
        }
        embeddings.add(Embedding.from(vector));
      }
      return Response.from(embeddings);
    }
  }

  private final WordModel words = new WordModel();

  private Toolbox fiveTools(int most) {
    ToolboxBuilder builder = Toolbox.builder();
    for (String word : WORDS) {
      builder.add(
          ToolSpecification.builder().name("use_" + word).description("The " + word).build(),
          (_, _) -> word,
          Effect.READ);
    }
    return builder.offerNearest(most, words).build();
  }

  @Test
  void offersTheToolsNearestToTheRequestInTheirOrder() {
    ScriptedModel model = new ScriptedModel().says("Done.");

    RunResult result = agent(model, fiveTools(2)).build().run("Play music and then lock the door");

    assertThat(result.run().tools())
        .extracting(ToolSpecification::name)
        .containsExactly("use_door", "use_music");
    assertThat(model.requests().getFirst().toolSpecifications()).hasSize(2);
  }

  @Test
  void offersAllWhereTheyAreNoMoreThanThat() {
    RunResult result = agent(new ScriptedModel().says("Done."), fiveTools(5)).build().run("Go");

    assertThat(result.run().tools()).hasSize(5);
    assertThat(words.asked).isEmpty();
  }

  @Test
  void readsADescriptionOnlyOnce() {
    Agent agent = agent(new ScriptedModel().says("One.").says("Two."), fiveTools(2)).build();

    agent.run("light");
    agent.run("mail");

    assertThat(words.asked).hasSize(WORDS.size() + 2).doesNotHaveDuplicates();
  }

  @Test
  void namesOnlyOfferedToolsWhereAnotherIsCalled() {
    ScriptedModel model = new ScriptedModel().calls("", "use_mail", "{}").says("Done.");

    RunResult result = agent(model, fiveTools(1)).build().run("light");

    assertThat(result.run().steps().get(1).observations().getFirst().text())
        .isEqualTo("Unknown tool use_mail, should be one of: use_light.");
  }

  @Test
  void refusesToOfferNone() {
    assertThatThrownBy(() -> fiveTools(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 1");
  }
}
