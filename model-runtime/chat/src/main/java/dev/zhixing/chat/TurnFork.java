package dev.zhixing.chat;

import dev.zhixing.engine.Model;
import dev.zhixing.engine.Session;
import dev.zhixing.engine.decoding.Branches;
import dev.zhixing.engine.decoding.DecodingOptions;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes several turns that follow the same tokens, in common passes. At its limit a turn is
 * complete, as one of {@link TurnWriter} is. One use, one thread.
 */
final class TurnFork {
  private final int most;
  private final List<TurnBuilder> turns;
  private final Turn.@Nullable End[] ends;

  /**
   * @param turns one for each turn, unused
   * @param most tokens to write in each; 0 where not even the shortest turn would fit
   */
  TurnFork(List<TurnBuilder> turns, int most) {
    this.turns = List.copyOf(turns);
    this.most = most;
    this.ends = new Turn.End[turns.size()];
  }

  /** Receives a turn. */
  @FunctionalInterface
  interface Taker {
    /** Takes a turn with its session, which is closed afterwards. */
    void take(int branch, Turn turn, Session session);
  }

  /**
   * Writes the turns; an interrupt of the thread ends them early.
   *
   * @param session gets the rest of the request
   * @param rest one token or more
   */
  void write(
      Model model,
      Session session,
      int[] rest,
      List<Branches.Branch> branches,
      DecodingOptions options,
      Taker taker) {
    long begun = System.nanoTime();
    float[] logits = session.append(rest).clone();
    long started = System.nanoTime();
    Duration prefill = Duration.ofNanos(started - begun);
    try (Branches several =
        new Branches(model.newBatch(), session, logits, model.tokenizer(), branches, options)) {
      if (most == 0) {
        endAll(several);
      }
      while (several.advance((branch, id) -> accept(several, branch, id))) {
        if (Thread.currentThread().isInterrupted()) {
          endAll(several);
        }
      }
      Duration decode = Duration.ofNanos(System.nanoTime() - started);
      for (int i = 0; i < turns.size(); i++) {
        Turn.End end = ends[i] == null ? ended(several, i) : ends[i];
        taker.take(
            i, turns.get(i).turn(several.counts(i), end, prefill, decode), several.session(i));
      }
    }
  }

  private void accept(Branches several, int branch, int id) {
    Turn.End end = turns.get(branch).accept(id);
    if (end == Turn.End.TURN || (end == null && several.ended(branch))) {
      end = ended(several, branch);
    } else if (end == null && turns.get(branch).size() == most) {
      end = Turn.End.LIMIT;
    }
    if (end != null) {
      ends[branch] = end;
      several.end(branch);
    }
  }

  /** How a turn ended that goes no further by itself. */
  private static Turn.End ended(Branches several, int branch) {
    return several.cutShort(branch) ? Turn.End.LIMIT : Turn.End.TURN;
  }

  private void endAll(Branches several) {
    for (int i = 0; i < ends.length; i++) {
      if (ends[i] == null) {
        ends[i] = Turn.End.LIMIT;
        several.end(i);
      }
    }
  }
}
