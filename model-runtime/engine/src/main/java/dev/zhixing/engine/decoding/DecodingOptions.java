package dev.zhixing.engine.decoding;

import java.util.List;

/**
 * How to decode.
 *
 * @param stopTokens ids that end the generation; within a grammar they may come where the text is
 *     complete, or where the grammar itself has them
 * @param mostDrafts most tokens proposed for one pass of the model, 0 for plain decoding
 */
public record DecodingOptions(List<Integer> stopTokens, int mostDrafts) {
  private static final int DRAFTS = 32;

  /** Copies the list and checks the number. */
  public DecodingOptions {
    stopTokens = List.copyOf(stopTokens);
    if (mostDrafts < 0) {
      throw new IllegalArgumentException("mostDrafts: expected at least 0, found " + mostDrafts);
    }
  }

  /** With drafts of up to 32 tokens. */
  public static DecodingOptions drafted(Integer... stopTokens) {
    return new DecodingOptions(List.of(stopTokens), DRAFTS);
  }

  /** One token a pass. */
  public static DecodingOptions plain(Integer... stopTokens) {
    return new DecodingOptions(List.of(stopTokens), 0);
  }
}
