package dev.zhixing.engine.grammar;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Finds a short way from a state to where the text may end, best first: what has few bytes so far
 * and few parts that are still open. Not always the shortest of all, as a part may need more bytes
 * than another, and as characters beyond ASCII are tried only where no other can come; but one that
 * a recursive grammar does not hide among all that could be nested. What is found is kept in the
 * states of the way.
 */
final class ShortestEnd {
  /** Symbols from here on are special tokens. */
  static final int TOKEN = 256;

  /** Steps of heads after which the search is given up: 50 times what tool sets need. */
  private static final int MOST_STEPS = 2_000_000;

  /** How many bytes a part that is still open counts for. */
  private static final int OPEN = 8;

  private static final byte[] ORDER = order();

  private final Map<State, Step> reached = new HashMap<>();
  private final PriorityQueue<Candidate> waiting =
      new PriorityQueue<>(
          Comparator.comparingInt(Candidate::cost).thenComparingInt(Candidate::number));
  private int steps;

  /** What a state leads to on the way: a byte or token, and how many there are to the end. */
  record Way(int symbol, int length) {
    static final Way END = new Way(-1, 0);
    static final Way UNKNOWN = new Way(-1, Integer.MAX_VALUE);
  }

  private record Step(@Nullable State from, int symbol, int depth) {}

  private record Candidate(State state, int cost, int number) {}

  private ShortestEnd() {}

  /** Letters and digits first, so that what is made up looks like a word. */
  private static byte[] order() {
    byte[] order = new byte[128];
    int n = 0;
    for (int pass = 0; pass < 2; pass++) {
      for (int value = 0; value < 128; value++) {
        if (Character.isLetterOrDigit(value) == (pass == 0)) {
          order[n++] = (byte) value;
        }
      }
    }
    return order;
  }

  /** The way on from {@code state}, {@link Way#UNKNOWN} where none is found soon. */
  static Way of(State state) {
    return new ShortestEnd().find(state);
  }

  private Way find(State start) {
    reach(start, new Step(null, -1, 0));
    while (!waiting.isEmpty() && steps < MOST_STEPS) {
      State at = waiting.remove().state();
      Way known = at.complete() ? Way.END : at.knownWay();
      if (known != null) {
        at.keepWays(() -> keep(at, step(at).depth() + known.length()));
        return at.equals(start) ? known : Objects.requireNonNull(start.knownWay(), "kept");
      }
      expand(at);
    }
    return Way.UNKNOWN;
  }

  private Step step(State state) {
    return Objects.requireNonNull(reached.get(state), "reached");
  }

  private void reach(State state, Step by) {
    Way known = state.knownWay();
    boolean open = !state.dead() && !Way.UNKNOWN.equals(known);
    if (open && reached.putIfAbsent(state, by) == null) {
      int rest = state.complete() ? 0 : known != null ? known.length() : OPEN * state.height();
      waiting.add(new Candidate(state, by.depth() + rest, reached.size()));
    }
  }

  private void expand(State at) {
    steps += at.width() * ORDER.length;
    int depth = step(at).depth() + 1;
    int before = reached.size();
    for (int id : at.tokens()) {
      reach(at.nextToken(id), new Step(at, TOKEN + id, depth));
    }
    boolean ascii = reached.size() > before;
    for (byte value : ORDER) {
      ascii |= !at.next(value).dead();
      reach(at.next(value), new Step(at, value, depth));
    }
    for (int value = 128; value < 256 && !ascii; value++) {
      reach(at.next(value), new Step(at, value, depth));
    }
  }

  /** Writes into the states before {@code last} how they lead there and on to the end. */
  private void keep(State last, int length) {
    Step step = step(last);
    for (State from = step.from(); from != null; from = step.from()) {
      from.keepWay(new Way(step.symbol(), length - step.depth() + 1));
      step = step(from);
    }
  }
}
