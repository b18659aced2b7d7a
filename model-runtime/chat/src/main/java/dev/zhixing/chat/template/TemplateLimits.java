package dev.zhixing.chat.template;

/**
 * How much a template may do, as it comes with a file that nobody has vouched for.
 *
 * @param steps statements, expressions and loop rounds
 * @param characters characters made in all, the output and every string on the way to it
 * @param depth how deep macros may call each other; at most 200
 */
public record TemplateLimits(long steps, long characters, int depth) {

  /** Checks the numbers. */
  public TemplateLimits {
    if (steps < 1 || characters < 1 || depth < 1 || depth > 200) {
      throw new IllegalArgumentException(
          "template limits: expected steps and characters above 0 and a depth of 1 to 200, found "
              + steps
              + ", "
              + characters
              + " and "
              + depth);
    }
  }

  /**
   * Five million steps, 32 million characters, 50 macros deep: some seconds and some hundred
   * megabytes at most.
   */
  public static TemplateLimits standard() {
    return new TemplateLimits(5_000_000, 32_000_000, 50);
  }
}
