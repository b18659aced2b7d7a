package dev.zhixing.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.listener.EmbeddingModelListener;
import dev.langchain4j.model.embedding.listener.EmbeddingModelResponseContext;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.store.embedding.CosineSimilarity;
import dev.zhixing.engine.gguf.GgufException;
import dev.zhixing.engine.gguf.GgufWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalEmbeddingModelTest {
  private static final Path CACHE = Path.of("target", "embedding-cache");

  @TempDir private Path folder;

  @Test
  void findsWhatIsMeant() {
    try (LocalEmbeddingModel model = LocalEmbeddingModel.english(CACHE, line -> {})) {
      Embedding question = model.embed("How do I get my money back?").content();
      Embedding near = model.embed("Refunds are paid within a week.").content();
      Embedding far = model.embed("The cat sleeps on the sofa.").content();

      assertThat(CosineSimilarity.between(question, near))
          .isGreaterThan(CosineSimilarity.between(question, far) + 0.2);
    }
  }

  @Test
  void findsWhatIsMeantInChinese() {
    try (LocalEmbeddingModel model = LocalEmbeddingModel.chinese(CACHE, line -> {})) {
      Embedding question = model.embed("怎么退款？").content();
      Embedding near = model.embed("退货后一周内返还货款。").content();
      Embedding far = model.embed("猫在沙发上睡觉。").content();

      assertThat(CosineSimilarity.between(question, near))
          .isGreaterThan(CosineSimilarity.between(question, far) + 0.1);
    }
  }

  @Test
  void givesVectorsOfLengthOneAndTheirDimension() {
    try (LocalEmbeddingModel model = LocalEmbeddingModel.english(CACHE, line -> {})) {
      float[] vector = model.embed("Hello").content().vector();

      double squares = 0;
      for (float number : vector) {
        squares += number * number;
      }
      assertThat(squares).isCloseTo(1, within(1e-6));
      assertThat(vector).hasSize(384);
      assertThat(model.dimension()).isEqualTo(384);
      assertThat(model.modelName()).isEqualTo("all-minilm-l6-v2");
    }
  }

  @Test
  void givesTheSameBytesInABatchAndAlone() {
    List<String> texts = Sentences.of(false, 80, 9);
    try (LocalEmbeddingModel model = LocalEmbeddingModel.english(CACHE, line -> {})) {
      List<Embedding> together =
          model.embedAll(texts.stream().map(TextSegment::from).toList()).content();

      for (int i = 0; i < texts.size(); i++) {
        assertThat(model.embed(texts.get(i)).content().vector())
            .isEqualTo(together.get(i).vector());
      }
    }
  }

  @Test
  void embedsATextOfNothingButControlCharacters() {
    try (LocalEmbeddingModel model = LocalEmbeddingModel.english(CACHE, line -> {})) {
      assertThat(model.embed("\u200b\u0007").content().vector())
          .hasSize(384)
          .doesNotContain(Float.NaN);
    }
  }

  @Test
  void takesTheSpellingOfASpecialTokenForText() {
    try (LocalEmbeddingModel model = LocalEmbeddingModel.english(CACHE, line -> {})) {
      assertThat(model.embed("a [SEP] b").tokenUsage()).isEqualTo(new TokenUsage(5));
    }
  }

  @Test
  void tellsListeners() {
    List<EmbeddingModelResponseContext> heard = new ArrayList<>();
    EmbeddingModelListener listener =
        new EmbeddingModelListener() {
          @Override
          public void onResponse(EmbeddingModelResponseContext context) {
            heard.add(context);
          }
        };
    try (LocalEmbeddingModel model = LocalEmbeddingModel.english(CACHE, line -> {})) {
      model.addListener(listener).embed("Hello");
    }

    assertThat(heard).hasSize(1);
  }

  @Test
  void makesItsFileOnceAndAgainIfItIsDamaged() throws IOException {
    List<String> lines = new ArrayList<>();
    LocalEmbeddingModel.english(folder, lines::add).close();
    LocalEmbeddingModel.english(folder, lines::add).close();
    Path file;
    try (var files = Files.list(folder)) {
      file = files.reduce((a, b) -> a.resolve("expected one file")).orElseThrow();
    }
    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst()).contains(file.toString(), "all-minilm-l6-v2.onnx");

    Files.write(file, new byte[] {1, 2, 3});
    LocalEmbeddingModel.english(folder, lines::add).close();

    assertThat(lines).hasSize(3);
    assertThat(Files.size(file)).isGreaterThan(90_000_000);
  }

  @Test
  void refusesAFileThatIsNoEncoder() {
    Path file = folder.resolve("other.gguf");
    new GgufWriter().string("general.architecture", "llama").write(file);

    assertThatThrownBy(() -> LocalEmbeddingModel.load(file))
        .isInstanceOf(GgufException.class)
        .hasMessageContaining("other.gguf: key 'general.architecture': expected 'bert'");
  }
}
