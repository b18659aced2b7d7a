package dev.zhixing.engine.grammar;

import dev.zhixing.engine.tokenizer.Tokenizer;

/**
 * A rule compiled for a vocabulary. It works on the UTF-8 bytes of tokens, so that any way of
 * cutting an allowed text into tokens is allowed; special tokens are allowed only where a {@link
 * Rule.Token} says so. Immutable to its users, safe for all threads; masks are found as they are
 * first needed and kept, up to 16 MB of them.
 *
 * <p>JSON is compact. Objects have their properties in the schema's order. Strings hold any
 * characters, with {@code "}, {@code \} and control characters as escapes only and no lone
 * surrogates. Numbers are in plain notation without exponent, with at most fifteen digits.
 */
public final class Grammar {
  private final Tokenizer tokenizer;
  private final Automaton automaton;

  private Grammar(Tokenizer tokenizer, Automaton automaton) {
    this.tokenizer = tokenizer;
    this.automaton = automaton;
  }

  /**
   * Compiles a rule for a vocabulary of its own; where several grammars serve one model, share a
   * {@link GrammarVocabulary} or a {@link GrammarCache}.
   *
   * @throws IllegalArgumentException if a part of it cannot be satisfied; the text names the part,
   *     such as {@code $.rooms[].name}
   */
  public static Grammar compile(Rule rule, Tokenizer tokenizer) {
    return compile(rule, new GrammarVocabulary(tokenizer));
  }

  /**
   * Compiles a rule.
   *
   * @throws IllegalArgumentException if a part of it cannot be satisfied; the text names the part,
   *     such as {@code $.rooms[].name}
   */
  public static Grammar compile(Rule rule, GrammarVocabulary vocabulary) {
    Node root = new RuleCompiler(vocabulary.tokenizer()).compile(rule);
    return new Grammar(vocabulary.tokenizer(), new Automaton(root, vocabulary));
  }

  /** The beginning of a text. */
  public GrammarState start() {
    return new GrammarState(tokenizer, automaton.start());
  }
}
