package dev.zhixing.engine.sampling;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to choose tokens. The steps are those of llama.cpp, in the order of its default chain:
 *
 * <ol>
 *   <li>the logit bias is added;
 *   <li>repetition, frequency and presence penalty;
 *   <li>{@link Dry};
 *   <li>top-k;
 *   <li>typical-p;
 *   <li>top-p;
 *   <li>min-p;
 *   <li>the temperature divides the logits that are left, and one of them is drawn.
 * </ol>
 *
 * The shares of the probability that steps 5 to 7 speak of are among the tokens that the step
 * before left, at temperature 1. Bans by a bias never leave nothing: where the mask allows only
 * banned tokens, neither bias nor penalties are applied.
 *
 * @param temperature 0 to 100; 0 takes the likeliest of what is left
 * @param topK only so many of the likeliest tokens; 0 for no limit
 * @param topP only the likeliest tokens whose probabilities together reach this, above 0 and at
 *     most 1
 * @param minP only tokens that are at least this times as likely as the likeliest, 0 to 1
 * @param typicalP only the tokens whose information is closest to the expected one, up to this sum
 *     of probabilities, above 0 and at most 1 (Meister et al., "Locally Typical Sampling", 2023)
 * @param repetitionPenalty divides a positive logit of a token that has occurred and multiplies
 *     another, above 0 and at most 100; 1 for none
 * @param presencePenalty taken once from the logit of a token that has occurred, -100 to 100
 * @param frequencyPenalty taken from it for each occurrence, -100 to 100
 * @param penaltyWindow how many of the last tokens these three look at, 0 or more
 * @param dry the penalty on repeated sequences, null for none
 * @param logitBias what to add to the logits of tokens; negative infinity bans one
 * @param seed where the sequence of choices starts
 */
public record SamplingOptions(
    double temperature,
    int topK,
    double topP,
    double minP,
    double typicalP,
    double repetitionPenalty,
    double presencePenalty,
    double frequencyPenalty,
    int penaltyWindow,
    @Nullable Dry dry,
    Map<Integer, Float> logitBias,
    long seed) {

  /** Checks the numbers and copies the bias. */
  public SamplingOptions {
    between("temperature", temperature, 0, 100);
    if (topK < 0) {
      throw wrong("topK", "1 or more, or 0 for no limit", topK);
    }
    share("topP", topP);
    between("minP", minP, 0, 1);
    share("typicalP", typicalP);
    if (!(repetitionPenalty > 0 && repetitionPenalty <= 100)) {
      throw wrong("repetitionPenalty", "a number above 0 and at most 100", repetitionPenalty);
    }
    between("presencePenalty", presencePenalty, -100, 100);
    between("frequencyPenalty", frequencyPenalty, -100, 100);
    if (penaltyWindow < 0) {
      throw wrong("penaltyWindow", "0 tokens or more", penaltyWindow);
    }
    logitBias = Map.copyOf(logitBias);
    logitBias.forEach(SamplingOptions::checkBias);
  }

  private static void checkBias(int id, float bias) {
    if (id < 0) {
      throw wrong("logitBias", "an id of 0 or more", id);
    }
    if (!(bias < Float.POSITIVE_INFINITY)) {
      throw wrong("logitBias of token " + id, "a number, or negative infinity", bias);
    }
  }

  /** As the model says: temperature 1, no limits, no penalties, seed 0. */
  public static Builder builder() {
    return new Builder();
  }

  /** Starts a sampler: the same options and the same logits give the same choices. */
  public Sampler sampler() {
    boolean plain =
        temperature == 0 && typicalP == 1 && !penalizes() && dry == null && logitBias.isEmpty();
    return plain ? Sampler.greedy() : new ChainSampler(this);
  }

  boolean penalizes() {
    return penaltyWindow > 0
        && (repetitionPenalty != 1 || presencePenalty != 0 || frequencyPenalty != 0);
  }

  private static void between(String what, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw wrong(what, "%.0f to %.0f".formatted(least, most), value);
    }
  }

  private static void share(String what, double value) {
    if (!(value > 0 && value <= 1)) {
      throw wrong(what, "a number above 0 and at most 1", value);
    }
  }

  private static IllegalArgumentException wrong(String what, String expected, Object found) {
    return new IllegalArgumentException(
        "%s: expected %s, found %s".formatted(what, expected, found));
  }

  /** Sets what differs from the model's own distribution; see {@link SamplingOptions}. */
  public static final class Builder {
    private double temperature = 1;
    private int topK;
    private double topP = 1;
    private double minP;
    private double typicalP = 1;
    private double repetitionPenalty = 1;
    private double presencePenalty;
    private double frequencyPenalty;
    private int penaltyWindow = 64;
    private @Nullable Dry dry;
    private final Map<Integer, Float> logitBias = new HashMap<>();
    private long seed;

    private Builder() {}

    /** Sets the temperature, 0 to 100. */
    public Builder temperature(double value) {
      temperature = value;
      return this;
    }

    /** Takes the likeliest token always: the temperature 0. */
    public Builder greedy() {
      return temperature(0);
    }

    /** Keeps only so many tokens, 0 for no limit. */
    public Builder topK(int value) {
      topK = value;
      return this;
    }

    /** Keeps only the likeliest tokens up to this share. */
    public Builder topP(double value) {
      topP = value;
      return this;
    }

    /** Keeps only tokens with this share of the likeliest one's probability. */
    public Builder minP(double value) {
      minP = value;
      return this;
    }

    /** Keeps only the most typical tokens up to this share. */
    public Builder typicalP(double value) {
      typicalP = value;
      return this;
    }

    /** Sets the repetition penalty, 1 for none. */
    public Builder repetitionPenalty(double value) {
      repetitionPenalty = value;
      return this;
    }

    /** Sets the presence penalty, 0 for none. */
    public Builder presencePenalty(double value) {
      presencePenalty = value;
      return this;
    }

    /** Sets the frequency penalty, 0 for none. */
    public Builder frequencyPenalty(double value) {
      frequencyPenalty = value;
      return this;
    }

    /** Sets how many of the last tokens the penalties look at; 64 if nobody sets it. */
    public Builder penaltyWindow(int tokens) {
      penaltyWindow = tokens;
      return this;
    }

    /** Sets the penalty on repeated sequences, null for none. */
    public Builder dry(@Nullable Dry value) {
      dry = value;
      return this;
    }

    /** Adds to a token's logit; negative infinity bans the token. */
    public Builder bias(int id, float value) {
      logitBias.put(id, value);
      return this;
    }

    /** Sets where the sequence of choices starts. */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public SamplingOptions build() {
      return new SamplingOptions(
          temperature,
          topK,
          topP,
          minP,
          typicalP,
          repetitionPenalty,
          presencePenalty,
          frequencyPenalty,
          penaltyWindow,
          dry,
          logitBias,
          seed);
    }
  }
}
