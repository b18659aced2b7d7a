package dev.zhixing.engine.sampling;

import java.util.Arrays;

/**
 * Makes tokens less likely that would go on repeating what the text has just repeated. Takes time
 * proportional to the range.
 */
final class DryPenalty {
  private final Dry dry;
  private final SequenceBreakers.Tracker tracker;
  private int seen; // tokens of the history that the tracker knows
  private int sinceBreak; // of those, how many stand behind the last breaker

  private int[] matches = {}; // by distance from the end, see findMatches
  private int[] longest = {}; // by id, the longest repetition that it would go on with
  private int[] touched = {};

  DryPenalty(Dry dry) {
    this.dry = dry;
    this.tracker = dry.breakers().tracker();
  }

  void apply(History history, float[] logits) {
    for (; seen < history.size(); seen++) {
      sinceBreak = tracker.endsBreaker(history.get(seen)) ? 0 : sinceBreak + 1;
    }
    int range = Math.min(history.size(), dry.range());
    int most = Math.min(sinceBreak, range);
    if (range <= dry.allowedLength() || most < dry.allowedLength()) {
      return;
    }
    findMatches(history, range);
    if (longest.length != logits.length) {
      longest = new int[logits.length];
    }
    int count = 0;
    touched = touched.length < range ? new int[range] : touched;
    for (int i = 1; i < range; i++) {
      int match = Math.min(matches[i], most);
      int next = history.fromEnd(i - 1);
      if (match >= dry.allowedLength() && next < logits.length && match > longest[next]) {
        touched[count++] = next;
        longest[next] = match;
      }
    }
    for (int i = 0; i < count; i++) {
      penalize(touched[i], logits);
    }
  }

  private void penalize(int id, float[] logits) {
    int match = longest[id];
    longest[id] = 0;
    if (match > 0 && Float.isFinite(logits[id]) && !dry.breakers().contains(id)) {
      double cost = dry.multiplier() * Math.pow(dry.base(), match - dry.allowedLength());
      logits[id] = Logits.finite(logits[id] - cost);
    }
  }

  /**
   * Finds for each distance from the end how many tokens up to there are the same as up to the end:
   * the Z algorithm (Gusfield, "Algorithms on Strings, Trees and Sequences", 1997) on the reversed
   * text.
   */
  private void findMatches(History text, int range) {
    matches = matches.length < range ? Arrays.copyOf(matches, 2 * range) : matches;
    int left = 0;
    int right = 0; // tokens [left, right) from the end are known to be as [0, right - left)
    for (int i = 1; i < range; i++) {
      int match = i < right ? Math.min(right - i, matches[i - left]) : 0;
      while (i + match < range && text.fromEnd(match) == text.fromEnd(i + match)) {
        match++;
      }
      matches[i] = match;
      if (i + match > right) {
        left = i;
        right = i + match;
      }
    }
  }
}
