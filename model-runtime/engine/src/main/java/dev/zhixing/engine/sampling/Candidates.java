package dev.zhixing.engine.sampling;

/** What the samplers share: which logits count. */
final class Candidates {
  private Candidates() {}

  static int greatest(float[] logits) {
    int best = -1;
    for (int i = 0; i < logits.length; i++) {
      if (Float.isFinite(logits[i]) && (best < 0 || logits[i] > logits[best])) {
        best = i;
      }
    }
    if (best < 0) {
      throw new IllegalArgumentException(
          "logits: expected one finite number or more among %d, found none; does the mask allow a"
                  .formatted(logits.length)
              + " token?");
    }
    return best;
  }
}
