package dev.zhixing.engine.grammar;

/**
 * Rules from regular expressions, in ECMAScript's syntax with its {@code u} flag. What is not
 * regular is refused: back-references, looking ahead or behind, word boundaries, flags within.
 * Groups capture nothing and lazy quantifiers match what greedy ones do.
 */
public final class Regex {
  private Regex() {}

  /**
   * A rule for the texts that match the pattern as a whole, whether it has anchors or not.
   *
   * @throws IllegalArgumentException if it is no pattern, cannot be enforced, matches nothing, or
   *     is too large; the text names pattern and position
   */
  public static Rule rule(String pattern) {
    Rule rule = new Rule.Pattern(pattern);
    whole(pattern);
    return rule;
  }

  static CharDfa whole(String pattern) {
    return checked(pattern, PatternParser.parse(pattern));
  }

  /** The texts in which the pattern matches somewhere. */
  static CharDfa somewhere(String pattern) {
    return checked(pattern, CharTree.somewhere(PatternParser.parse(pattern)));
  }

  private static CharDfa checked(String pattern, CharTree tree) {
    CharDfa dfa;
    try {
      dfa = CharDfaBuilder.of(tree);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("pattern '%s': %s".formatted(pattern, e.getMessage()), e);
    }
    if (dfa.isEmpty()) {
      throw PatternParser.wrong(pattern, 0, "a pattern that some text matches", "none");
    }
    return dfa;
  }
}
