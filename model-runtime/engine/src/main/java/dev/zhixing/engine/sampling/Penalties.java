package dev.zhixing.engine.sampling;

import java.util.Arrays;

/**
 * Makes tokens of the last part of the text less likely. The repetition penalty divides a positive
 * logit and multiplies another one; then each occurrence costs the frequency penalty, and all
 * together once the presence penalty.
 *
 * <p>Sources: Keskar et al., "CTRL" (2019), for the repetition penalty, made right for negative
 * logits as in llama.cpp; OpenAI's API reference for the other two.
 */
final class Penalties {
  private final double repetition;
  private final double presence;
  private final double frequency;
  private final int window;

  private int[] counts = {}; // by id, of the tokens of the history from 'from' to 'to'
  private int[] places = {}; // by id, where it is among the distinct ones
  private int[] distinct = {};
  private int size;
  private int from;
  private int to;

  Penalties(double repetition, double presence, double frequency, int window) {
    this.repetition = repetition;
    this.presence = presence;
    this.frequency = frequency;
    this.window = window;
  }

  void apply(History history, float[] logits) {
    count(history, logits.length);
    for (int i = 0; i < size; i++) {
      int id = distinct[i];
      double logit = logits[id];
      if (Float.isFinite(logits[id])) {
        logit = logit > 0 ? logit / repetition : logit * repetition;
        logits[id] = Logits.finite(logit - counts[id] * frequency - presence);
      }
    }
  }

  /** Brings the counts up to date. Tokens outside the vocabulary do not count. */
  private void count(History history, int vocabulary) {
    if (counts.length != vocabulary) {
      counts = new int[vocabulary];
      places = new int[vocabulary];
      size = 0;
      from = Math.max(0, history.size() - window);
      to = from;
    }
    for (; to < history.size(); to++) {
      int id = history.get(to);
      if (id < vocabulary && counts[id]++ == 0) {
        enter(id);
      }
    }
    for (; to - from > window; from++) {
      int id = history.get(from);
      if (id < vocabulary && --counts[id] == 0) {
        leave(id);
      }
    }
  }

  private void enter(int id) {
    if (size == distinct.length) {
      distinct = Arrays.copyOf(distinct, Math.max(64, 2 * size));
    }
    places[id] = size;
    distinct[size++] = id;
  }

  private void leave(int id) {
    int last = distinct[--size];
    distinct[places[id]] = last;
    places[last] = places[id];
  }
}
