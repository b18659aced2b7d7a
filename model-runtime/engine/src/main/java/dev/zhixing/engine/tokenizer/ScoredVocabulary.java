package dev.zhixing.engine.tokenizer;

import dev.zhixing.engine.gguf.GgufException;
import dev.zhixing.engine.gguf.GgufMetadata;
import dev.zhixing.engine.gguf.ModelFile;
import java.util.List;
import java.util.OptionalInt;

/**
 * The data of a SentencePiece tokenizer.
 *
 * @param tokens spelling of each id, a space spelt U+2581, single bytes {@code <0x00>} to {@code
 *     <0xFF>}
 * @param types type of each id; empty if all are normal but bos and eos
 * @param prefix where a space goes before text
 * @param bos id that begins a document
 * @param eos id that ends a turn
 * @param unknown id for what neither tokens nor bytes can spell
 * @param addBos whether a document is to begin with bos
 * @param addEos whether a document is to end with eos
 * @param stripping which special tokens swallow the white space beside them
 */
record ScoredVocabulary(
    List<String> tokens,
    List<TokenType> types,
    SpacePrefix prefix,
    OptionalInt bos,
    OptionalInt eos,
    OptionalInt unknown,
    boolean addBos,
    boolean addEos,
    Stripping stripping) {
  /** Where a space goes before text. */
  enum SpacePrefix {
    /** Nowhere. */
    NEVER,
    /** At the beginning. */
    FIRST,
    /** At the beginning and behind each special token. */
    ALWAYS
  }

  ScoredVocabulary {
    tokens = PackedStrings.of(tokens);
    TokenChecks.tokens(tokens, types.isEmpty() ? tokens.size() : types.size());
    TokenChecks.id("bos", bos, tokens.size());
    TokenChecks.id("eos", eos, tokens.size());
    TokenChecks.id("unknown", unknown, tokens.size());
  }

  /** Reads the vocabulary of a file whose {@code tokenizer.ggml.model} is {@code llama}. */
  static ScoredVocabulary of(ModelFile file) {
    VocabularyMetadata.model(file, "llama", "SentencePiece");
    GgufMetadata metadata = file.metadata();
    List<String> tokens = metadata.strings("tokenizer.ggml.tokens");
    OptionalInt bos = VocabularyMetadata.id(metadata, "bos");
    OptionalInt eos = VocabularyMetadata.id(metadata, "eos");
    boolean space = metadata.flag("tokenizer.ggml.add_space_prefix", true);
    try {
      return new ScoredVocabulary(
          tokens,
          VocabularyMetadata.types(metadata, tokens.size()),
          space ? SpacePrefix.ALWAYS : SpacePrefix.NEVER,
          bos,
          eos,
          VocabularyMetadata.id(metadata, "unknown"),
          metadata.flag("tokenizer.ggml.add_bos_token", true) && bos.isPresent(),
          metadata.flag("tokenizer.ggml.add_eos_token", false) && eos.isPresent(),
          Stripping.of(metadata.string("general.name", ""), ""));
    } catch (IllegalArgumentException e) {
      throw new GgufException(file.name() + ": " + e.getMessage(), e);
    }
  }
}
