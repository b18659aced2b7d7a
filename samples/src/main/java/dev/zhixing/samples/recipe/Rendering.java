package dev.zhixing.samples.recipe;

/**
 * A conversation as tokens.
 *
 * @param ids token ids
 * @param learn for each token, whether the model learns to write it; as long as {@code ids}
 */
public record Rendering(int[] ids, boolean[] learn) {

  public Rendering {
    if (ids.length != learn.length) {
      throw new IllegalArgumentException(
          "rendering: expected as many marks as tokens, found "
              + ids.length
              + " tokens and "
              + learn.length
              + " marks");
    }
  }
}
