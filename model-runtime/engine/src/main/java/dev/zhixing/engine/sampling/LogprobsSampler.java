package dev.zhixing.engine.sampling;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A sampler that tells how likely each token of the text was, once it is accepted. A token that
 * nobody had to choose was certain. Tokens of the prompt go to the inner sampler before.
 */
public final class LogprobsSampler implements Sampler {
  private final Sampler inner;
  private final int most;
  private final Consumer<TokenLogprobs> hearer;
  private @Nullable TokenLogprobs sampled;

  /**
   * @param inner chooses
   * @param most how many of the likeliest tokens to tell of, 0 or more
   * @param hearer called by {@link #accept}
   */
  public LogprobsSampler(Sampler inner, int most, Consumer<TokenLogprobs> hearer) {
    this.inner = inner;
    this.most = most;
    this.hearer = hearer;
  }

  @Override
  public int sample(float[] logits) {
    int id = inner.sample(logits);
    sampled = TokenLogprobs.of(logits, id, most);
    return id;
  }

  @Override
  public void accept(int id) {
    inner.accept(id);
    TokenLogprobs known = sampled;
    sampled = null;
    if (known == null || known.chosen().id() != id) {
      known = TokenLogprobs.certain(id, most);
    }
    hearer.accept(known);
  }

  @Override
  public Sampler copy() {
    return new LogprobsSampler(inner.copy(), most, hearer);
  }

  @Override
  public Sampler fork(long seed) {
    return new LogprobsSampler(inner.fork(seed), most, hearer);
  }
}
