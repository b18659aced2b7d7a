package dev.zhixing.engine.sampling;

/** What all samplers need of logits: which of them count. */
final class Logits {
  private Logits() {}

  /** The id of the greatest finite logit, the lowest among equals. */
  static int greatest(float[] logits) {
    int best = -1;
    for (int i = 0; i < logits.length; i++) {
      if (Float.isFinite(logits[i]) && (best < 0 || logits[i] > logits[best])) {
        best = i;
      }
    }
    if (best < 0) {
      throw none(logits.length);
    }
    return best;
  }

  static boolean hasFinite(float[] logits) {
    for (float logit : logits) {
      if (Float.isFinite(logit)) {
        return true;
      }
    }
    return false;
  }

  static IllegalArgumentException none(int length) {
    return new IllegalArgumentException(
        "logits: expected one finite number or more among %d, found none; does the mask allow a"
                .formatted(length)
            + " token?");
  }

  /** A changed logit as a float that is finite, so that a large change is not a ban. */
  static float finite(double logit) {
    return (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, logit));
  }
}
