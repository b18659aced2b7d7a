package dev.zhixing.samples.recipe;

/**
 * A conversation as tokens, and which of them the model learns to write. The arrays are not copied:
 * do not modify them.
 */
final class Rendering {

  private final int[] ids;
  private final boolean[] learn;

  /**
   * @param ids token ids
   * @param learn for each token, whether the model learns to write it; as long as {@code ids}
   */
  Rendering(int[] ids, boolean[] learn) {
    if (ids.length != learn.length) {
      throw new IllegalArgumentException(
          "rendering: expected as many marks as tokens, found "
              + ids.length
              + " tokens and "
              + learn.length
              + " marks");
    }
    this.ids = ids;
    this.learn = learn;
  }

  int[] ids() {
    return ids;
  }

  boolean[] learn() {
    return learn;
  }
}
