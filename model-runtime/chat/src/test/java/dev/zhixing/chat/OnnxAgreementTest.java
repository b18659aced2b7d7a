package dev.zhixing.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2.AllMiniLmL6V2EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.bgesmallzhv15.BgeSmallZhV15EmbeddingModel;
import dev.langchain4j.store.embedding.CosineSimilarity;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same weights run by ONNX Runtime, through LangChain4j, are the oracle. */
class OnnxAgreementTest {
  private static final Path CACHE = Path.of("target", "embedding-cache");
  private static final int SENTENCES = 240;

  @Test
  void englishVectorsAgree() {
    try (LocalEmbeddingModel model = LocalEmbeddingModel.english(CACHE, line -> {})) {
      compare(model, new AllMiniLmL6V2EmbeddingModel(), Sentences.of(false, SENTENCES, 1));
    }
  }

  @Test
  void chineseVectorsAgree() {
    try (LocalEmbeddingModel model = LocalEmbeddingModel.chinese(CACHE, line -> {})) {
      compare(model, new BgeSmallZhV15EmbeddingModel(), Sentences.of(true, SENTENCES, 2));
    }
  }

  @Test
  void eachReadsTheOtherLanguageToo() {
    try (LocalEmbeddingModel english = LocalEmbeddingModel.english(CACHE, line -> {});
        LocalEmbeddingModel chinese = LocalEmbeddingModel.chinese(CACHE, line -> {})) {
      compare(english, new AllMiniLmL6V2EmbeddingModel(), Sentences.of(true, 60, 3));
      compare(chinese, new BgeSmallZhV15EmbeddingModel(), Sentences.of(false, 60, 4));
    }
  }

  @Test
  void longTextsAreCutAlike() {
    String english = "one two three four five ".repeat(200);
    String chinese = "一二三四五".repeat(200);
    try (LocalEmbeddingModel model = LocalEmbeddingModel.english(CACHE, line -> {})) {
      compare(model, new AllMiniLmL6V2EmbeddingModel(), List.of(english));
    }
    try (LocalEmbeddingModel model = LocalEmbeddingModel.chinese(CACHE, line -> {})) {
      compare(model, new BgeSmallZhV15EmbeddingModel(), List.of(chinese));
    }
  }

  private static void compare(EmbeddingModel model, EmbeddingModel oracle, List<String> texts) {
    List<TextSegment> segments = texts.stream().map(TextSegment::from).toList();
    var found = model.embedAll(segments);
    var expected = oracle.embedAll(segments);

    for (int i = 0; i < texts.size(); i++) {
      double cosine = CosineSimilarity.between(found.content().get(i), expected.content().get(i));
      assertThat(cosine).as(texts.get(i)).isGreaterThan(0.99999);
    }
    assertThat(found.tokenUsage()).isEqualTo(expected.tokenUsage());
  }
}
