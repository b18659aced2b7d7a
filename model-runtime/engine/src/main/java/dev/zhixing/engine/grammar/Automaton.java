package dev.zhixing.engine.grammar;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The states of a grammar, each made once, when something first leads to it. A pushdown automaton
 * over bytes, seen as a lazily built deterministic one whose states are sets of stacks.
 *
 * <p>Strings and arrays with length limits count in their nodes, so a state knows how much is left.
 * Tokens are short, so which of them are allowed does not depend on how far a limit is beyond the
 * longest token: masks are found for states with bounded counters, which all long strings share.
 */
final class Automaton {
  /** What is kept for sharing; beyond it the automaton starts afresh, to bound its memory. */
  private static final int MOST_STATES = 10_000;

  private static final int MOST_HEADS = 400_000;
  private static final int MOST_MASK_BYTES = 16 << 20;

  private record Key(Set<Frame> heads, boolean complete) {}

  private final Node root;
  private final GrammarVocabulary vocabulary;
  private final ConcurrentHashMap<Key, State> states = new ConcurrentHashMap<>();

  private final AtomicInteger heads = new AtomicInteger();
  private final AtomicInteger maskBytes = new AtomicInteger();

  Automaton(Node root, GrammarVocabulary vocabulary) {
    this.root = root;
    this.vocabulary = vocabulary;
  }

  State start() {
    Closure closure = new Closure();
    root.enter(null, closure);
    return state(closure);
  }

  GrammarVocabulary vocabulary() {
    return vocabulary;
  }

  State state(Closure closure) {
    Key key = new Key(closure.heads(), closure.complete());
    State known = states.get(key);
    if (known != null) {
      return known;
    }
    if (states.size() >= MOST_STATES
        || heads.get() > MOST_HEADS
        || maskBytes.get() > MOST_MASK_BYTES) {
      states.clear();
      heads.set(0);
      maskBytes.set(0);
    }
    heads.addAndGet(key.heads().size());
    State made = new State(this, key.heads(), key.complete());
    State other = states.putIfAbsent(key, made);
    return other == null ? made : other;
  }

  TokenSet allowed(State state) {
    TokenTrie trie = vocabulary.trie();
    State near = state.clamped(trie.longest());
    if (near != state) {
      return near.allowed();
    }
    TokenSet allowed = trie.allowed(state);
    maskBytes.addAndGet(allowed.bytes());
    return allowed;
  }
}
