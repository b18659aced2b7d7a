package dev.zhixing.engine.tokenizer;

import dev.zhixing.engine.gguf.GgufException;
import dev.zhixing.engine.gguf.GgufMetadata;
import dev.zhixing.engine.gguf.ModelFile;
import java.util.List;
import java.util.OptionalInt;

/**
 * The data of a WordPiece tokenizer.
 *
 * @param tokens spelling of each id, as its file has it
 * @param types type of each id; empty if all are normal but those that a member names
 * @param inner how pieces within a word are marked: {@code ##} before them, or nothing where those
 *     at the beginning of a word have U+2581 before them
 * @param text how text becomes words
 * @param longestWord most characters of a word, a longer one is unknown
 * @param first {@code [CLS]}
 * @param last {@code [SEP]}
 * @param unknown {@code [UNK]}
 * @param padding {@code [PAD]}, if there is one
 * @param mask {@code [MASK]}, if there is one
 */
record WordPieceVocabulary(
    List<String> tokens,
    List<TokenType> types,
    String inner,
    WordText text,
    int longestWord,
    int first,
    int last,
    int unknown,
    OptionalInt padding,
    OptionalInt mask) {
  static final int LONGEST_WORD = 100;

  WordPieceVocabulary {
    tokens = PackedStrings.of(tokens);
    TokenChecks.tokens(tokens, types.isEmpty() ? tokens.size() : types.size());
    TokenChecks.id("cls", OptionalInt.of(first), tokens.size());
    TokenChecks.id("seperator", OptionalInt.of(last), tokens.size());
    TokenChecks.id("unknown", OptionalInt.of(unknown), tokens.size());
    TokenChecks.id("padding", padding, tokens.size());
    TokenChecks.id("mask", mask, tokens.size());
  }

  /**
   * Reads the vocabulary of a file whose {@code tokenizer.ggml.model} is {@code bert}. Where the
   * file does not say whether to lower-case, it is done, as other engines do.
   */
  static WordPieceVocabulary of(ModelFile file) {
    VocabularyMetadata.model(file, "bert", "WordPiece");
    GgufMetadata metadata = file.metadata();
    List<String> tokens = PackedStrings.of(metadata.strings("tokenizer.ggml.tokens"));
    boolean lowercase = metadata.flag("tokenizer.ggml.normalizer.lowercase", true);
    boolean strip = metadata.flag("tokenizer.ggml.normalizer.strip_accents", lowercase);
    try {
      return new WordPieceVocabulary(
          tokens,
          VocabularyMetadata.types(metadata, tokens.size()),
          marksBeginnings(tokens) ? "" : "##",
          new WordText(true, true, strip, lowercase),
          LONGEST_WORD,
          named(metadata, "cls", "bos", tokens, "[CLS]"),
          named(metadata, "seperator", "separator", tokens, "[SEP]"),
          named(metadata, "unknown", "unk", tokens, "[UNK]"),
          VocabularyMetadata.id(metadata, "padding"),
          VocabularyMetadata.id(metadata, "mask"));
    } catch (IllegalArgumentException e) {
      throw new GgufException(file.name() + ": " + e.getMessage(), e);
    }
  }

  private static boolean marksBeginnings(List<String> tokens) {
    for (String token : tokens) {
      if (token.length() > 1 && token.charAt(0) == '▁') {
        return true;
      }
    }
    return false;
  }

  private static int named(
      GgufMetadata metadata, String key, String otherKey, List<String> tokens, String spelling) {
    OptionalInt id = VocabularyMetadata.id(metadata, key);
    id = id.isPresent() ? id : VocabularyMetadata.id(metadata, otherKey);
    int found = id.isPresent() ? id.getAsInt() : tokens.indexOf(spelling);
    if (id.isEmpty() && found < 0) {
      throw new IllegalArgumentException(
          "tokenizer.ggml.%s_token_id: expected the id of %s, found neither key nor token"
              .formatted(key, spelling));
    }
    return found;
  }
}
