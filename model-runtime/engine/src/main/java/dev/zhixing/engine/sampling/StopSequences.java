package dev.zhixing.engine.sampling;

import java.util.BitSet;
import java.util.Collection;
import java.util.List;

/**
 * What ends a text: certain strings, wherever tokens cut them, and certain tokens. Immutable, for
 * all threads; {@link #stream} follows one text.
 */
public final class StopSequences {
  private final List<String> strings;
  private final PrefixAutomaton automaton;
  private final BitSet tokens = new BitSet();

  private StopSequences(List<String> strings) {
    this.strings = strings;
    this.automaton = new PrefixAutomaton(strings);
  }

  /**
   * Stops before the first of these strings that is complete, and at these tokens.
   *
   * @throws IllegalArgumentException if a string is empty or holds half of a character, which no
   *     text would ever contain, or if a token is negative
   */
  public static StopSequences of(Collection<String> strings, int... tokens) {
    List<String> all = List.copyOf(strings);
    for (String string : all) {
      if (string.isEmpty()) {
        throw new IllegalArgumentException("stop sequence: expected some text, found none");
      }
      if (string.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= 0xdfff)) {
        throw new IllegalArgumentException(
            "stop sequence: expected whole characters, found half of a surrogate pair in it");
      }
    }
    StopSequences stops = new StopSequences(all);
    for (int token : tokens) {
      if (token < 0) {
        throw new IllegalArgumentException("stop token: expected an id, found " + token);
      }
      stops.tokens.set(token);
    }
    return stops;
  }

  /** Returns the strings. */
  public List<String> strings() {
    return strings;
  }

  /** Whether a token ends the text. */
  public boolean isStopToken(int id) {
    return tokens.get(id);
  }

  /** Begins a text. */
  public StopStream stream() {
    return new StopStream(automaton);
  }
}
