package dev.zhixing.engine.sampling;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How likely a token and its likeliest rivals were: of the model's own distribution over the tokens
 * that the mask allows, before any bias, penalty, limit or temperature. Computed in double
 * precision.
 *
 * @param chosen the token that was chosen
 * @param top the likeliest tokens, the likeliest first, the lower id first among equals
 */
public record TokenLogprobs(TokenLogprob chosen, List<TokenLogprob> top) {

  /** Copies the list. */
  public TokenLogprobs {
    top = List.copyOf(top);
  }

  /**
   * Computes them.
   *
   * @param logits one number per token; those that are not finite count as masked
   * @param chosen the chosen token's id
   * @param most how many of the likeliest, 0 or more
   * @throws IllegalArgumentException if no logit is finite, or a number is out of its range
   */
  public static TokenLogprobs of(float[] logits, int chosen, int most) {
    if (chosen < 0 || chosen >= logits.length) {
      throw new IllegalArgumentException(
          "chosen token: expected 0 to %d, found %d".formatted(logits.length - 1, chosen));
    }
    if (most < 0) {
      throw new IllegalArgumentException("top logprobs: expected 0 or more, found " + most);
    }
    double greatest = logits[Logits.greatest(logits)];
    double logSum = logSum(logits, greatest);
    List<TokenLogprob> top = new ArrayList<>();
    if (most > 0) {
      Candidates likeliest = new Candidates();
      likeliest.fillLikeliest(logits, Math.min(most, logits.length));
      for (int i = 0; i < likeliest.count(); i++) {
        top.add(new TokenLogprob(likeliest.id(i), likeliest.logit(i) - greatest - logSum));
      }
      top.sort(Comparator.comparingDouble(TokenLogprob::logprob).reversed()); // stable: ids rise
    }
    double logprob =
        Float.isFinite(logits[chosen])
            ? logits[chosen] - greatest - logSum
            : Double.NEGATIVE_INFINITY;
    return new TokenLogprobs(new TokenLogprob(chosen, logprob), top);
  }

  /** The only token that was allowed: its probability is 1. */
  static TokenLogprobs certain(int id, int most) {
    TokenLogprob sole = new TokenLogprob(id, 0);
    return new TokenLogprobs(sole, most > 0 ? List.of(sole) : List.of());
  }

  private static double logSum(float[] logits, double greatest) {
    double sum = 0;
    for (float logit : logits) {
      if (Float.isFinite(logit)) {
        sum += Math.exp(logit - greatest);
      }
    }
    return Math.log(sum);
  }
}
