package dev.zhixing.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.zhixing.engine.gguf.GgufException;
import dev.zhixing.engine.gguf.GgufFile;
import dev.zhixing.engine.gguf.GgufWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real vocabularies against the ids that their reference implementation gives. */
class ReferenceTokenizerTest {
  @Test
  void encodesTheReferenceTextsOfGpt2() throws IOException {
    Path path = vocabulary("gpt-2");
    String inputs = Files.readString(Path.of(path + ".inp"));
    List<String> expected = Files.readAllLines(Path.of(path + ".out"));
    try (GgufFile file = GgufFile.open(path)) {
      BytePairTokenizer tokenizer = BytePairTokenizer.of(file);

      String[] texts = inputs.split("\n__ggml_vocab_test__\n", -1);

      assertThat(texts).hasSize(expected.size() + 1).endsWith(""); // a separator after the last one
      for (int i = 0; i < expected.size(); i++) {
        assertThat(line(tokenizer.encode(texts[i])))
            .as("text %d: '%s'", i, texts[i])
            .isEqualTo(expected.get(i).strip());
        assertThat(tokenizer.decode(tokenizer.encode(texts[i]))).isEqualTo(texts[i]);
      }
    }
  }

  @Test
  void refusesDeepseekByName() {
    try (GgufFile file = GgufFile.open(vocabulary("deepseek-llm"))) {
      assertThatThrownBy(() -> BytePairTokenizer.of(file))
          .isInstanceOf(GgufException.class)
          .hasMessageContaining("ggml-vocab-deepseek-llm.gguf")
          .hasMessageContaining("expected one of default, gpt-2, llama-bpe, zhixing")
          .hasMessageContaining("'deepseek-llm'");
    }
  }

  @Test
  void refusesAVocabularyThatIsNotBytePairs() {
    try (GgufFile file = GgufFile.open(vocabulary("llama-spm"))) {
      assertThatThrownBy(() -> BytePairTokenizer.of(file))
          .isInstanceOf(GgufException.class)
          .hasMessageContaining("tokenizer.ggml.model: expected gpt2");
    }
  }

  @Test
  void readsWhatItWrites(@TempDir Path folder) {
    Path copy = folder.resolve("copy.gguf");
    try (GgufFile file = GgufFile.open(vocabulary("gpt-2"))) {
      BytePairVocabulary original = BytePairVocabulary.of(file);
      GgufWriter writer = new GgufWriter();
      original.writeTo(writer);
      writer.write(copy);

      try (GgufFile written = GgufFile.open(copy)) {
        assertThat(BytePairVocabulary.of(written)).isEqualTo(original);
      }
    }
  }

  private static String line(int[] ids) {
    return IntStream.of(ids).mapToObj(Integer::toString).collect(Collectors.joining(" "));
  }

  private static Path vocabulary(String name) {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path file = at.resolve("shared/reference/tokenizers/ggml-vocab-" + name + ".gguf");
      if (Files.exists(file)) {
        return file;
      }
    }
    return abort("no ../shared/reference/tokenizers");
  }
}
