package dev.zhixing.engine.sampling;

/**
 * A text on its way to a reader, up to where a stop string begins. What may be the beginning of one
 * is held back until it is known. Hands out whole characters only, if it gets whole ones. For one
 * thread at a time.
 */
public final class StopStream {
  private final PrefixAutomaton automaton;
  private final StringBuilder held = new StringBuilder();
  private int state;
  private String stop = "";

  StopStream(PrefixAutomaton automaton) {
    this.automaton = automaton;
  }

  /**
   * Takes more of the text.
   *
   * @return what can be shown now, without any of a stop string; nothing after one
   */
  public String feed(String more) {
    for (int i = 0; i < more.length() && !isStopped(); i++) {
      char c = more.charAt(i);
      held.append(c);
      state = automaton.next(state, c);
      int matched = automaton.matched(state);
      if (matched > 0) {
        stop = held.substring(held.length() - matched);
        held.setLength(held.length() - matched);
      }
    }
    int shown = held.length() - (isStopped() ? 0 : automaton.depth(state));
    String text = held.substring(0, shown);
    held.delete(0, shown);
    return text;
  }

  /** Whether a stop string has come. */
  public boolean isStopped() {
    return !stop.isEmpty();
  }

  /** The stop string that has come, or nothing. */
  public String stop() {
    return stop;
  }

  /** What was held back, where the text ends otherwise. */
  public String finish() {
    String rest = held.toString();
    held.setLength(0);
    state = 0;
    return rest;
  }
}
