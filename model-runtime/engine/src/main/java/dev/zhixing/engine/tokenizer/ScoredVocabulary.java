package dev.zhixing.engine.tokenizer;

import dev.zhixing.engine.gguf.GgufException;
import dev.zhixing.engine.gguf.GgufMetadata;
import dev.zhixing.engine.gguf.ModelFile;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * The data of a SentencePiece tokenizer.
 *
 * @param tokens spelling of each id, a space spelt U+2581, single bytes {@code <0x00>} to {@code
 *     <0xFF>}
 * @param types type of each id; empty if all are normal but bos and eos
 * @param ranks order in which two neighbours join to each id, the least first, equal ones from left
 *     to right; {@link #NEVER} for ids that are not made by joining
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
    int[] ranks,
    SpacePrefix prefix,
    OptionalInt bos,
    OptionalInt eos,
    OptionalInt unknown,
    boolean addBos,
    boolean addEos,
    Stripping stripping) {
  static final int NEVER = Integer.MAX_VALUE;

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
          VocabularyMetadata.types(metadata),
          ranks(scores(metadata, tokens.size())),
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

  private static float[] scores(GgufMetadata metadata, int size) {
    String key = "tokenizer.ggml.scores";
    float[] scores;
    if (metadata.asMap().get(key) instanceof int[] whole) {
      scores = new float[whole.length];
      for (int id = 0; id < whole.length; id++) {
        scores[id] = whole[id];
      }
    } else {
      scores = metadata.floats(key);
    }
    if (scores.length != size) {
      throw new IllegalArgumentException(
          "%s: expected as many as tokens, %d, found %d".formatted(key, size, scores.length));
    }
    for (int id = 0; id < size; id++) {
      if (Float.isNaN(scores[id])) {
        throw new IllegalArgumentException(
            "%s: %d: expected a number, found NaN".formatted(key, id));
      }
    }
    return scores;
  }

  /** From scores, the greatest first, to ranks, the least first; equal ones stay equal. */
  static int[] ranks(float[] scores) {
    float[] sorted = scores.clone();
    Arrays.sort(sorted);
    int different = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (i == 0 || sorted[i] != sorted[different - 1]) {
        sorted[different++] = sorted[i];
      }
    }
    int[] ranks = new int[scores.length];
    for (int id = 0; id < ranks.length; id++) {
      float score = scores[id] == 0 ? 0f : scores[id]; // -0 is 0
      int at = Arrays.binarySearch(sorted, 0, different, score);
      ranks[id] = different - 1 - Math.max(at, -at - 1);
    }
    return ranks;
  }
}
