package dev.zhixing.chat;

import dev.zhixing.engine.sampling.Sampler;

/** Never chooses certain tokens. Changes the logits that it is given. */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record MaskingSampler(Sampler inner, int[] never) implements Sampler {
  @Override
  public int sample(float[] logits) {
    for (int id : never) {
      logits[id] = Float.NEGATIVE_INFINITY;
    }
    return inner.sample(logits);
  }

  @Override
  public void accept(int id) {
    inner.accept(id);
  }

  @Override
  public Sampler copy() {
    return new MaskingSampler(inner.copy(), never);
  }
}
