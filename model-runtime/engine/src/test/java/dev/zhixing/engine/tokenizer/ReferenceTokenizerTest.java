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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real vocabularies against the ids that their reference implementation gives. */
class ReferenceTokenizerTest {
  @ParameterizedTest
  @ValueSource(strings = {"gpt-2", "deepseek-llm", "llama-spm", "bert-bge"})
  void encodesTheReferenceTexts(String name) throws IOException {
    Path path = vocabulary(name);
    String inputs = Files.readString(Path.of(path + ".inp"));
    List<String> expected = Files.readAllLines(Path.of(path + ".out"));
    try (GgufFile file = GgufFile.open(path)) {
      Tokenizer tokenizer = Tokenizers.of(file);

      String[] texts = inputs.split("\n__ggml_vocab_test__\n", -1);

      assertThat(texts).hasSize(expected.size() + 1).endsWith(""); // a separator after the last one
      for (int i = 0; i < expected.size(); i++) {
        assertThat(line(tokenizer.encode(texts[i])))
            .as("text %d: '%s'", i, texts[i])
            .isEqualTo(expected.get(i).strip());
        if (!name.equals("bert-bge")) {
          assertThat(tokenizer.decode(tokenizer.encode(texts[i]))).isEqualTo(texts[i]);
        }
      }
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

  static Path vocabulary(String name) {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path file = at.resolve("shared/reference/tokenizers/ggml-vocab-" + name + ".gguf");
      if (Files.exists(file)) {
        return file;
      }
    }
    return abort("no ../shared/reference/tokenizers");
  }
}
