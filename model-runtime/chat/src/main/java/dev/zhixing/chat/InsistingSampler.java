package dev.zhixing.chat;

import dev.zhixing.engine.sampling.Sampler;
import java.util.Arrays;

/**
 * Sees to it that a certain token is written: none that ends the text comes before it, and after so
 * many others nothing else. Changes the logits that it is given.
 */
final class InsistingSampler implements Sampler {
  private final Sampler inner;
  private final int wanted;
  private final int[] ends;
  private final int patience;
  private int written;
  private boolean isCalm;

  /**
   * @param wanted the token
   * @param ends the tokens that end the text
   * @param patience how many other tokens may come before it
   */
  InsistingSampler(Sampler inner, int wanted, int[] ends, int patience) {
    this.inner = inner;
    this.wanted = wanted;
    this.ends = ends;
    this.patience = patience;
  }

  @Override
  public int sample(float[] logits) {
    if (!isCalm) {
      insist(logits);
    }
    return inner.sample(logits);
  }

  private void insist(float[] logits) {
    float logit = logits[wanted];
    if (!Float.isFinite(logit)) {
      return; // what it begins has no room any more
    }
    if (written >= patience) {
      Arrays.fill(logits, Float.NEGATIVE_INFINITY);
      logits[wanted] = logit;
    } else {
      for (int end : ends) {
        logits[end] = Float.NEGATIVE_INFINITY;
      }
    }
  }

  @Override
  public void accept(int id) {
    written++;
    isCalm |= id == wanted;
    inner.accept(id);
  }

  @Override
  public Sampler copy() {
    InsistingSampler copy = new InsistingSampler(inner.copy(), wanted, ends, patience);
    copy.written = written;
    copy.isCalm = isCalm;
    return copy;
  }
}
