package dev.zhixing.training.tokenizer;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;

/**
 * What vocabulary to learn.
 *
 * @param vocabularySize tokens in all: special ones, the 256 bytes, and what merges make
 * @param spacedTokens how many of them are a frequent word with the space before it
 * @param characterCoverage share of the text's characters, above 0 and at most 1, that tokens may
 *     spell whole; the rarest ones beyond it stay bytes and take no place in the vocabulary
 * @param longestHan most Han characters in a token; Han is written without spaces, so without a
 *     bound whole sentences of a repetitive text would become tokens
 * @param specials spellings of the special tokens, in order of their ids from 0
 * @param bos spelling of the one that begins a document
 * @param eos spelling of the one that ends a turn
 */
public record BytePairSettings(
    int vocabularySize,
    int spacedTokens,
    double characterCoverage,
    int longestHan,
    List<String> specials,
    String bos,
    String eos) {

  /** Checks the values. */
  public BytePairSettings {
    specials = List.copyOf(specials);
    int least = specials.size() + 256;
    if (vocabularySize < least) {
      throw new IllegalArgumentException(
          "vocabularySize: expected at least %d (special tokens and bytes), found %d"
              .formatted(least, vocabularySize));
    }
    if (spacedTokens < 0 || spacedTokens > vocabularySize - least) {
      throw new IllegalArgumentException(
          "spacedTokens: expected 0..%d, found %d".formatted(vocabularySize - least, spacedTokens));
    }
    if (!(characterCoverage > 0 && characterCoverage <= 1)) {
      throw new IllegalArgumentException(
          "characterCoverage: expected above 0 and at most 1, found " + characterCoverage);
    }
    if (longestHan < 1) {
      throw new IllegalArgumentException("longestHan: expected at least 1, found " + longestHan);
    }
    if (new HashSet<>(specials).size() != specials.size()) {
      throw new IllegalArgumentException("specials: expected no spelling twice, found " + specials);
    }
    if (!specials.contains(bos) || !specials.contains(eos)) {
      throw new IllegalArgumentException(
          "specials: expected bos '%s' and eos '%s' among them, found %s"
              .formatted(bos, eos, specials));
    }
  }

  /** The settings of this project's own models: a fifth of the vocabulary carries a space. */
  public static BytePairSettings zhixing(int vocabularySize) {
    List<String> specials =
        List.of(
            "<|pad|>",
            "<|bos|>",
            "<|end|>",
            "<|system|>",
            "<|tools|>",
            "<|user|>",
            "<|assistant|>",
            "<|call|>",
            "<|result|>");
    return new BytePairSettings(
        vocabularySize, vocabularySize / 5, 0.9995, 4, specials, "<|bos|>", "<|end|>");
  }

  OptionalInt id(String special) {
    return OptionalInt.of(specials.indexOf(special));
  }
}
