package dev.zhixing.engine.tokenizer;

import dev.zhixing.engine.gguf.GgufException;
import dev.zhixing.engine.gguf.GgufWriter;
import dev.zhixing.engine.gguf.ModelFile;
import java.util.List;
import java.util.OptionalInt;

/**
 * The data of a byte-level BPE tokenizer, as a vocabulary file holds it and as training makes it.
 *
 * @param tokens spelling of each id: normal tokens in the {@link ByteAlphabet}, special ones as
 *     plain text
 * @param types type of each id; empty when the file gives none, then all are normal but {@code bos}
 *     and {@code eos}
 * @param merges pairs {@code "left right"} in order of rank, the first one merges first
 * @param preTokenizer name of the way text is cut into chunks, see {@link PreTokenizer#named}
 * @param bos id that begins a document
 * @param eos id that ends a turn
 * @param addBos whether a document is to begin with {@code bos}
 * @param addEos whether a document is to end with {@code eos}
 */
public record BytePairVocabulary(
    List<String> tokens,
    List<TokenType> types,
    List<String> merges,
    String preTokenizer,
    OptionalInt bos,
    OptionalInt eos,
    boolean addBos,
    boolean addEos) {

  /** Copies the lists and checks that they fit each other. */
  public BytePairVocabulary {
    tokens = PackedStrings.of(tokens);
    types = List.copyOf(types);
    merges = PackedStrings.of(merges);
    if (tokens.isEmpty()) {
      throw new IllegalArgumentException(
          "tokenizer.ggml.tokens: expected at least the 256 bytes, found none");
    }
    TokenChecks.tokens(tokens, types.isEmpty() ? tokens.size() : types.size());
    TokenChecks.id("bos", bos, tokens.size());
    TokenChecks.id("eos", eos, tokens.size());
  }

  /** A vocabulary whose documents have nothing added at their end. */
  public BytePairVocabulary(
      List<String> tokens,
      List<TokenType> types,
      List<String> merges,
      String preTokenizer,
      OptionalInt bos,
      OptionalInt eos,
      boolean addBos) {
    this(tokens, types, merges, preTokenizer, bos, eos, addBos, false);
  }

  /**
   * Reads the vocabulary of a GGUF file whose {@code tokenizer.ggml.model} is {@code gpt2}. Without
   * {@code tokenizer.ggml.pre} the pre-tokenizer is {@code default}.
   *
   * @throws GgufException if it is of another model, or a key is missing or wrong
   */
  public static BytePairVocabulary of(ModelFile file) {
    try {
      return VocabularyMetadata.read(file);
    } catch (IllegalArgumentException e) {
      throw new GgufException(file.name() + ": " + e.getMessage(), e);
    }
  }

  /** Adds the keys {@code tokenizer.ggml.*} to a file that is about to be written. */
  public void writeTo(GgufWriter writer) {
    VocabularyMetadata.write(this, writer);
  }

  /** The type of {@code id}. */
  public TokenType type(int id) {
    if (!types.isEmpty()) {
      return types.get(id);
    }
    boolean edge = bos.orElse(-1) == id || eos.orElse(-1) == id;
    return edge ? TokenType.CONTROL : TokenType.NORMAL;
  }
}
