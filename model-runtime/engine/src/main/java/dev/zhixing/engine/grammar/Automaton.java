package dev.zhixing.engine.grammar;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The states of a grammar, each made once, when something first leads to it. A pushdown automaton
 * over bytes, seen as a lazily built deterministic one whose states are sets of stacks.
 *
 * <p>Strings and arrays with length limits count in their nodes, so a state knows how much is left.
 * Tokens are short, so which of them are allowed does not depend on how far a limit is beyond the
 * longest token: masks are found for states with bounded counters, which all long strings share.
 */
final class Automaton {
  /** States kept for sharing; beyond it the automaton starts afresh, to bound its memory. */
  private static final int MOST_STATES = 10_000;

  private record Key(Set<Frame> heads, boolean complete) {}

  private final Node root;
  private final TokenTrie trie;
  private final ConcurrentHashMap<Key, State> states = new ConcurrentHashMap<>();

  Automaton(Node root, TokenTrie trie) {
    this.root = root;
    this.trie = trie;
  }

  State start() {
    Closure closure = new Closure();
    root.enter(null, closure);
    return state(closure);
  }

  State state(Closure closure) {
    if (states.size() > MOST_STATES) {
      states.clear();
    }
    return states.computeIfAbsent(
        new Key(closure.heads(), closure.complete()),
        key -> new State(this, key.heads(), key.complete()));
  }

  TokenSet allowed(State state) {
    State near = state.clamped(trie.longest());
    return near == state ? trie.allowed(state) : near.allowed();
  }
}
