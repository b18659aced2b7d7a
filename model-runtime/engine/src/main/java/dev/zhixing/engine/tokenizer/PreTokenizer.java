package dev.zhixing.engine.tokenizer;

/**
 * Cuts text into the chunks within which byte pairs are merged. Every character belongs to exactly
 * one chunk. Immutable.
 */
public sealed interface PreTokenizer
    permits PlainSplit, Gpt2Split, LlamaSplit, ZhixingSplit, CascadeSplit, CasedSplit {

  /** Takes the chunks of a text in order. */
  @FunctionalInterface
  interface ChunkConsumer {
    /** Takes the chunk {@code [start, end)} of the text's UTF-16 units; never empty. */
    void chunk(int start, int end);
  }

  /** Gives the chunks of {@code text[start, end)} to {@code consumer}, from left to right. */
  void split(String text, int start, int end, ChunkConsumer consumer);

  /** Whether a chunk that is a token as a whole is that token, whatever the merges say. */
  default boolean wholeChunksFirst() {
    return false;
  }

  /**
   * Whether a leading space stays out of the merges, and joins its chunk only where the rest of the
   * chunk became one token.
   */
  default boolean leadingSpaceApart() {
    return false;
  }

  /**
   * The pre-tokenizer that vocabulary files call {@code name} ({@code tokenizer.ggml.pre}).
   *
   * @throws IllegalArgumentException if it is not supported
   */
  static PreTokenizer named(String name) {
    return PreTokenizers.named(name);
  }
}
