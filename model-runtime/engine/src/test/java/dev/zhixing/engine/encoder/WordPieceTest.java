package dev.zhixing.engine.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhixing.engine.ReferenceFolder;
import dev.zhixing.engine.gguf.GgufException;
import dev.zhixing.engine.gguf.GgufFile;
import dev.zhixing.engine.gguf.GgufWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordPieceTest {
  private static final List<String> TOKENS =
      List.of(
          "[PAD]", "[UNK]", "[CLS]", "[SEP]", "▁a", "b", "▁ab", "c", "▁.", "▁é", "▁e", "▁中", "▁A",
          "▁[", "▁]", "▁cls", "\u0301");

  @TempDir private Path folder;

  @Test
  void takesTheLongestPieces() {
    assertThat(lower().encode("abc abb", 10)).containsExactly(2, 6, 7, 6, 5, 3);
  }

  @Test
  void makesAWordWithoutPiecesUnknown() {
    assertThat(lower().encode("a xyz a", 10)).containsExactly(2, 4, 1, 4, 3);
    assertThat(lower().encode("a" + "b".repeat(99), 200)).hasSize(101); // 100 characters
    assertThat(lower().encode("a" + "b".repeat(100), 200)).containsExactly(2, 1, 3);
  }

  @Test
  void partsPunctuationAndChineseCharacters() {
    assertThat(lower().encode("a.中a", 10)).containsExactly(2, 4, 8, 11, 4, 3);
  }

  @Test
  void takesAwayAccentsAndUpperCaseWhereTheVocabularyHasNone() {
    assertThat(lower().encode("É e\u0301 A", 10)).containsExactly(2, 10, 10, 4, 3);
    assertThat(cased().encode("é e\u0301 A", 10)).containsExactly(2, 9, 10, 16, 12, 3);
  }

  @Test
  void dropsControlCharacters() {
    assertThat(lower().encode("a\u200db\u0000c\ufffd", 10)).containsExactly(2, 6, 7, 3);
  }

  @Test
  void takesSpecialTokensForText() {
    assertThat(lower().encode("[CLS]", 10)).containsExactly(2, 13, 15, 14, 3);
  }

  @Test
  void cutsAtTheEnd() {
    assertThat(lower().encode("a a a a a", 5)).containsExactly(2, 4, 4, 4, 3);
    assertThat(lower().encode("abbbbb", 5)).containsExactly(2, 6, 5, 5, 3);
    assertThat(lower().encode("a" + " a".repeat(1_000_000), 5)).hasSize(5);
    assertThat(lower().encode("", 5)).containsExactly(2, 3);
  }

  @Test
  void refusesOtherVocabularies() {
    Path file = folder.resolve("other.gguf");
    new GgufWriter().string("tokenizer.ggml.model", "gpt2").write(file);
    try (GgufFile other = GgufFile.open(file)) {
      assertThatThrownBy(() -> WordPiece.of(other))
          .isInstanceOf(GgufException.class)
          .hasMessage("other.gguf: key 'tokenizer.ggml.model': expected 'bert', found 'gpt2'");
    }
  }

  @Test
  void givesTheReferenceIds() throws IOException {
    Path reference = ReferenceFolder.gguf("../tokenizers/ggml-vocab-bert-bge.gguf");
    String[] inputs =
        Files.readString(Path.of(reference + ".inp")).split("\n__ggml_vocab_test__\n", -1);
    List<String> outputs = Files.readAllLines(Path.of(reference + ".out"));
    try (GgufFile file = GgufFile.open(reference)) {
      WordPiece tokenizer = WordPiece.of(file);
      for (int i = 0; i < outputs.size(); i++) {
        int[] ids = tokenizer.encode(inputs[i], 512);
        int[] expected =
            outputs.get(i).isBlank()
                ? new int[0]
                : Arrays.stream(outputs.get(i).strip().split(" "))
                    .mapToInt(Integer::parseInt)
                    .toArray();
        assertThat(Arrays.copyOfRange(ids, 1, ids.length - 1)).as(inputs[i]).isEqualTo(expected);
      }
    }
  }

  private WordPiece lower() {
    return read(true);
  }

  private WordPiece cased() {
    return read(false);
  }

  private WordPiece read(boolean lowercase) {
    Path file = folder.resolve(lowercase + ".gguf");
    new GgufWriter()
        .string("tokenizer.ggml.model", "bert")
        .strings("tokenizer.ggml.tokens", TOKENS)
        .flag("tokenizer.ggml.normalizer.lowercase", lowercase)
        .write(file);
    try (GgufFile vocabulary = GgufFile.open(file)) {
      return WordPiece.of(vocabulary);
    }
  }
}
