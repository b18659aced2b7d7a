package dev.zhixing.engine.grammar;

import dev.zhixing.engine.tokenizer.Tokenizer;
import java.util.LinkedHashMap;

/**
 * Keeps the grammars of one tokenizer that were used last, with the masks that they have found, so
 * that the same rule is compiled once. Safe for all threads.
 */
public final class GrammarCache {
  private static final int MOST_KEPT = 64;

  private final GrammarVocabulary vocabulary;
  private final int most;
  private final LinkedHashMap<Rule, Grammar> kept =
      new LinkedHashMap<>(16, 0.75f, true); // last used last

  /** A cache of 64 grammars. */
  public GrammarCache(Tokenizer tokenizer) {
    this(new GrammarVocabulary(tokenizer), MOST_KEPT);
  }

  /**
   * A cache of a given size.
   *
   * @param most grammars that it keeps, at least 1
   */
  public GrammarCache(GrammarVocabulary vocabulary, int most) {
    if (most < 1) {
      throw new IllegalArgumentException(
          "grammar cache: expected room for at least 1 grammar, found " + most);
    }
    this.vocabulary = vocabulary;
    this.most = most;
  }

  /**
   * The grammar of a rule, compiled if it is not at hand.
   *
   * @throws IllegalArgumentException if a part of the rule cannot be satisfied, as {@link
   *     Grammar#compile} says
   */
  public Grammar get(Rule rule) {
    synchronized (kept) {
      Grammar known = kept.get(rule);
      if (known != null) {
        return known;
      }
    }
    Grammar made = Grammar.compile(rule, vocabulary); // outside of the lock: others need not wait
    synchronized (kept) {
      Grammar other = kept.putIfAbsent(rule, made);
      if (kept.size() > most) {
        kept.remove(kept.firstEntry().getKey());
      }
      return other == null ? made : other;
    }
  }

  /** How many grammars are kept now. */
  public int size() {
    synchronized (kept) {
      return kept.size();
    }
  }
}
