package dev.zhixing.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhixing.engine.gguf.GgufMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class EndTokensTest {
  private static final GgufMetadata NO_KEYS = GgufMetadata.of("test", Map.of());

  @Test
  void findsTheEndsOfDocumentTurnAndMessageByTheirSpelling() {
    Tokenizer tokenizer = tokenizer("<|end_of_text|>", "<|eot_id|>", "<|eom_id|>", "<|python|>");

    assertThat(EndTokens.of(NO_KEYS, tokenizer)).containsExactlyInAnyOrder(256, 257, 258);
  }

  @Test
  void beginsWithTheEndThatTheFileNames() {
    Tokenizer tokenizer = tokenizer("<stop>", "<|im_end|>");

    assertThat(EndTokens.of(NO_KEYS, tokenizer)).containsExactly(256, 257);
  }

  @Test
  void takesTheIdsOfTheFilesKeysThatAreInRange() {
    GgufMetadata keys =
        GgufMetadata.of(
            "test",
            Map.of(
                "tokenizer.ggml.eot_token_id",
                5L,
                "tokenizer.ggml.eom_token_id",
                1_000_000L,
                EndTokens.MORE_KEY,
                new int[] {256, 7, -1}));

    assertThat(EndTokens.of(keys, tokenizer("<stop>"))).containsExactly(256, 5, 7);
  }

  @Test
  void keepsWritingBehindTheEndOfASectionOfAMessage() {
    Tokenizer sections = tokenizer("<|return|>", "<|call|>", "<|end|>");
    Tokenizer turns = tokenizer("<|endoftext|>", "<|end|>");

    assertThat(EndTokens.of(NO_KEYS, sections)).containsExactlyInAnyOrder(256, 257);
    assertThat(EndTokens.of(NO_KEYS, turns)).containsExactlyInAnyOrder(256, 257);
  }

  /** Single bytes, then these control tokens, the first of which the file names as its end. */
  private static Tokenizer tokenizer(String... control) {
    List<String> tokens = new ArrayList<>();
    List<TokenType> types = new ArrayList<>();
    for (int b = 0; b < 256; b++) {
      tokens.add(String.valueOf(ByteAlphabet.spell(b)));
      types.add(TokenType.NORMAL);
    }
    for (String spelling : control) {
      tokens.add(spelling);
      types.add(TokenType.CONTROL);
    }
    return new BytePairTokenizer(
        new BytePairVocabulary(
            tokens, types, List.of(), "gpt-2", OptionalInt.empty(), OptionalInt.of(256), false));
  }
}
