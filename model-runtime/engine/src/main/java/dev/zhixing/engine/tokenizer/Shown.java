package dev.zhixing.engine.tokenizer;

/** What a file holds, as an error text shows it. */
final class Shown {
  private static final int MOST = 80;

  private Shown() {}

  /** The text, its beginning only if it is long. */
  static String of(String text) {
    return of(text, MOST);
  }

  /** The text, its first {@code most} characters if it has more. */
  static String of(String text, int most) {
    return text.length() <= most
        ? text
        : "%s… (%d characters)".formatted(text.substring(0, most), text.length());
  }
}
