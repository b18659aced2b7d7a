package dev.zhixing.engine.decoding;

import java.util.List;

/**
 * How to decode.
 *
 * @param stopTokens ids that end the generation; within a grammar they may come where the text is
 *     complete, or where the grammar itself has them
 * @param mostDrafts most tokens that the grammar proposes for one pass of the model, 0 for none
 * @param mostLookups most tokens that are looked up in the context for one pass, 0 for none
 */
public record DecodingOptions(List<Integer> stopTokens, int mostDrafts, int mostLookups) {
  private static final int DRAFTS = 32;
  private static final int LOOKUPS = 16;

  /** Copies the list and checks the numbers. */
  public DecodingOptions {
    stopTokens = List.copyOf(stopTokens);
    if (mostDrafts < 0 || mostLookups < 0) {
      throw new IllegalArgumentException(
          "mostDrafts, mostLookups: expected at least 0, found %d, %d"
              .formatted(mostDrafts, mostLookups));
    }
  }

  /** With drafts of up to 32 tokens that the grammar forces. */
  public static DecodingOptions drafted(Integer... stopTokens) {
    return new DecodingOptions(List.of(stopTokens), DRAFTS, 0);
  }

  /** With those and up to 16 tokens that are looked up in the context. */
  public static DecodingOptions lookedUp(Integer... stopTokens) {
    return new DecodingOptions(List.of(stopTokens), DRAFTS, LOOKUPS);
  }

  /** One token a pass. */
  public static DecodingOptions plain(Integer... stopTokens) {
    return new DecodingOptions(List.of(stopTokens), 0, 0);
  }
}
