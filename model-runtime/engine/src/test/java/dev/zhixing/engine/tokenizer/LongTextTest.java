package dev.zhixing.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhixing.engine.gguf.GgufFile;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Long and odd texts with real vocabularies: they come back, and none takes quadratic time. */
class LongTextTest {
  private static final String[] UNITS = {
    "a", " ", "\n", "=", "7", "中", "😀", "ab", "\u0301", "\u0000", "don't ", "X y", "▁"
  };

  @ParameterizedTest
  @ValueSource(strings = {"gpt-2", "deepseek-llm", "llama-spm", "bert-bge"})
  void encodesAMillionEqualCharacters(String name) {
    Path path = ReferenceTokenizerTest.vocabulary(name);
    try (GgufFile file = GgufFile.open(path)) {
      Tokenizer tokenizer = Tokenizers.of(file);
      for (String unit : UNITS) {
        String text = unit.repeat(1_000_000 / unit.length());

        int[] ids = tokenizer.encode(text);

        if (!name.equals("bert-bge") && !unit.equals("▁")) {
          assertThat(tokenizer.decode(ids).equals(text)).as("%s × '%s'", name, unit).isTrue();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt-2", "deepseek-llm", "llama-spm"})
  void givesBackAnyText(String name) {
    Path path = ReferenceTokenizerTest.vocabulary(name);
    Random random = new Random(11);
    try (GgufFile file = GgufFile.open(path)) {
      Tokenizer tokenizer = Tokenizers.of(file);
      for (int round = 0; round < 1500; round++) {
        String text = RandomText.of(random, 12).replace("▁", "");

        int[] ids = tokenizer.encode(text);
        Utf8Stream stream = Utf8Stream.of(tokenizer);
        StringBuilder streamed = new StringBuilder();
        for (int id : ids) {
          streamed.append(stream.feed(id));
        }
        streamed.append(stream.finish());

        assertThat(tokenizer.decode(ids)).isEqualTo(text);
        assertThat(streamed.toString()).isEqualTo(text);
        for (int id : ids) {
          assertThat(tokenizer.isSpecial(id)).isFalse();
        }
      }
    }
  }
}
