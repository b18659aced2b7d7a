package dev.zhixing.engine.decoding;

/**
 * How many tokens a source of drafts may propose, and what became of them: twice as many after a
 * draft that was right to its end, about as many as were right after another; and after drafts of
 * which nothing was right, none for 1, 2, 4 … passes. Depends on nothing but what was accepted.
 */
final class Pace {
  private static final int LONGEST_PAUSE = 32;

  private final int most;
  private int length;
  private int pause;
  private int wait;
  private int proposed;
  private int accepted;

  /**
   * @param first tokens of the first draft
   * @param most tokens of the longest one
   */
  Pace(int first, int most) {
    this.most = most;
    this.length = Math.min(first, most);
  }

  /** Tokens that may be proposed for the next pass. */
  int next() {
    if (wait > 0) {
      wait--;
      return 0;
    }
    return length;
  }

  /** Takes note of what became of a draft. */
  void note(int tokens, int right) {
    proposed += tokens;
    accepted += right;
    if (tokens == 0) {
      return;
    }
    if (right == tokens) {
      length = Math.min(most, Math.max(length, 2 * tokens));
      pause = 0;
    } else if (right > 0) {
      length = Math.min(most, right + 1);
      pause = 0;
    } else {
      length = Math.max(1, Math.min(most, length / 2));
      pause = Math.clamp(2L * pause, 1, LONGEST_PAUSE);
      wait = pause;
    }
  }

  /** Tokens that were proposed so far. */
  int proposed() {
    return proposed;
  }

  /** Those of them that were right. */
  int accepted() {
    return accepted;
  }
}
