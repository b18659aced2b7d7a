package dev.zhixing.engine.sampling;

import org.jspecify.annotations.Nullable;

/** The steps of {@link SamplingOptions}, one after another. */
final class ChainSampler implements Sampler {
  private final SamplingOptions options;
  private final int[] biased;
  private final History history;
  private final @Nullable Penalties penalties;
  private final @Nullable DryPenalty dry;
  private final SplitMix random;
  private final Candidates candidates = new Candidates();
  private float[] changed = {};

  ChainSampler(SamplingOptions options) {
    this(options, new History(), new SplitMix(options.seed()));
  }

  private ChainSampler(SamplingOptions options, History history, SplitMix random) {
    this.options = options;
    this.biased = options.logitBias().keySet().stream().mapToInt(Integer::intValue).toArray();
    this.history = history;
    this.random = random;
    this.penalties =
        options.penalizes()
            ? new Penalties(
                options.repetitionPenalty(),
                options.presencePenalty(),
                options.frequencyPenalty(),
                options.penaltyWindow())
            : null;
    this.dry = options.dry() == null ? null : new DryPenalty(options.dry());
  }

  @Override
  public void accept(int id) {
    if (id < 0) {
      throw new IllegalArgumentException("accept: expected a token's id, found " + id);
    }
    if (penalties != null || dry != null) {
      history.add(id);
    }
  }

  @Override
  public Sampler copy() {
    return new ChainSampler(options, history.copy(), random.copy());
  }

  @Override
  public Sampler fork(long seed) {
    return new ChainSampler(options, history.copy(), new SplitMix(seed));
  }

  @Override
  public int sample(float[] logits) {
    float[] used = changes() ? change(logits) : logits;
    boolean greedy = options.temperature() == 0;
    if (greedy && options.typicalP() == 1) {
      return Logits.greatest(used);
    }
    choose(used);
    return greedy
        ? candidates.likeliest()
        : candidates.draw(options.temperature(), random.nextDouble());
  }

  private boolean changes() {
    return biased.length > 0 || penalties != null || dry != null;
  }

  /** Applies bias and penalties; gives the logits themselves back where that leaves no token. */
  private float[] change(float[] logits) {
    if (changed.length != logits.length) {
      changed = new float[logits.length];
    }
    System.arraycopy(logits, 0, changed, 0, logits.length);
    for (int id : biased) {
      if (id < changed.length && Float.isFinite(changed[id])) {
        float bias = options.logitBias().getOrDefault(id, 0f);
        changed[id] =
            bias == Float.NEGATIVE_INFINITY ? bias : Logits.finite((double) changed[id] + bias);
      }
    }
    if (penalties != null) {
      penalties.apply(history, changed);
    }
    if (dry != null) {
      dry.apply(history, changed);
    }
    return Logits.hasFinite(changed) ? changed : logits;
  }

  private void choose(float[] logits) {
    int k = options.topK();
    if (k > 0 && k < logits.length) {
      candidates.fillLikeliest(logits, k);
    } else {
      candidates.fill(logits);
    }
    if (candidates.count() == 0) {
      throw Logits.none(logits.length);
    }
    if (options.typicalP() < 1) {
      candidates.keepTypical(options.typicalP());
    }
    if (options.topP() < 1) {
      candidates.keepTopP(options.topP());
    }
    if (options.minP() > 0) {
      candidates.keepMinP(options.minP());
    }
  }
}
