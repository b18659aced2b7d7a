package dev.zhixing.engine.grammar;

import dev.zhixing.engine.tokenizer.Tokenizer;
import org.jspecify.annotations.Nullable;

/**
 * A tokenizer's vocabulary in the form that grammars search, which all grammars of a model share:
 * make one for each tokenizer. It is found when a grammar first needs it, at the cost of some
 * milliseconds for a vocabulary of 128k tokens. Immutable to its users, safe for all threads.
 */
public final class GrammarVocabulary {
  private final Tokenizer tokenizer;
  private volatile @Nullable TokenTrie trie;

  public GrammarVocabulary(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /** The tokenizer whose vocabulary it is. */
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  TokenTrie trie() {
    TokenTrie known = trie;
    return known == null ? build() : known;
  }

  private synchronized TokenTrie build() {
    TokenTrie known = trie;
    if (known == null) {
      known = new TokenTrie(tokenizer);
      trie = known;
    }
    return known;
  }
}
