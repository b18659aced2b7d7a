package dev.zhixing.chat;

import dev.zhixing.engine.Model;
import dev.zhixing.engine.Session;
import dev.zhixing.engine.decoding.Branches;
import dev.zhixing.engine.decoding.DecodingOptions;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes several turns that follow the same tokens, in common passes. One use, one thread. */
final class TurnFork {
  private final int most;
  private final List<TemplateTurnWriter> writers;
  private final TemplateTurn.@Nullable End[] ends;
  private final int[] written;

  /**
   * @param writers one for each turn, unused
   * @param most tokens to write in each
   */
  TurnFork(List<TemplateTurnWriter> writers, int most) {
    this.writers = List.copyOf(writers);
    this.most = most;
    this.ends = new TemplateTurn.End[writers.size()];
    this.written = new int[writers.size()];
  }

  /** Receives a turn. */
  @FunctionalInterface
  interface Taker {
    /** Takes a turn with its session, which is closed afterwards. */
    void take(int branch, TemplateTurn turn, Session session);
  }

  /**
   * Writes the turns; an interrupt of the thread ends them early.
   *
   * @param session at the end of the request; not changed
   * @param logits those behind its last token
   * @param prefill how long the request took
   */
  void write(
      Model model,
      Session session,
      float[] logits,
      List<Branches.Branch> branches,
      DecodingOptions options,
      Duration prefill,
      Taker taker) {
    long started = System.nanoTime();
    try (Branches several =
        new Branches(model.newBatch(), session, logits, model.tokenizer(), branches, options)) {
      while (several.advance((branch, id) -> accept(several, branch, id))) {
        if (Thread.currentThread().isInterrupted()) {
          endAll(several);
        }
      }
      Duration decode = Duration.ofNanos(System.nanoTime() - started);
      for (int i = 0; i < writers.size(); i++) {
        TemplateTurn.End end = ends[i] == null ? TemplateTurn.End.TURN : ends[i];
        taker.take(
            i, writers.get(i).turn(several.counts(i), end, prefill, decode), several.session(i));
      }
    }
  }

  private void accept(Branches several, int branch, int id) {
    TemplateTurn.End end = writers.get(branch).accept(id);
    written[branch]++;
    if (end == null && written[branch] == most) {
      end = TemplateTurn.End.LIMIT;
    }
    if (end != null) {
      ends[branch] = end;
      several.end(branch);
    }
  }

  private void endAll(Branches several) {
    for (int i = 0; i < ends.length; i++) {
      if (ends[i] == null) {
        ends[i] = TemplateTurn.End.LIMIT;
        several.end(i);
      }
    }
  }
}
