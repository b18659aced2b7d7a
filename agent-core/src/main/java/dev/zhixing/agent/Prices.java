package dev.zhixing.agent;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What models cost, by name. A name also stands for longer ones that begin with it, so that {@code
 * gpt-4o} covers {@code gpt-4o-2024-08-06}; of several, the longest counts.
 *
 * @param byModel prices by the model's name
 */
public record Prices(Map<String, Price> byModel) {
  /** Nothing is known to cost anything. */
  public static final Prices NONE = new Prices(Map.of());

  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

  /** Prices by the model's name. */
  public Prices {
    byModel = Map.copyOf(byModel);
  }

  /**
   * Prices of a million tokens, all in the same currency.
   *
   * @param input of the prompt
   * @param cachedInput of the prompt where the provider still had it
   * @param output of the reply
   */
  public record Price(BigDecimal input, BigDecimal cachedInput, BigDecimal output) {
    /** Checks that nothing is negative. */
    public Price {
      if (input.signum() < 0 || cachedInput.signum() < 0 || output.signum() < 0) {
        throw new IllegalArgumentException(
            "Price: expected 0 or more, found input %s, cachedInput %s, output %s"
                .formatted(input, cachedInput, output));
      }
    }

    BigDecimal of(Usage usage) {
      int cached = usage.cached() == null ? 0 : usage.cached();
      return input
          .multiply(BigDecimal.valueOf(usage.input() - cached))
          .add(cachedInput.multiply(BigDecimal.valueOf(cached)))
          .add(output.multiply(BigDecimal.valueOf(usage.output())))
          .divide(MILLION);
    }

    /** How many tokens of a reply cost no more than {@code money}. */
    int outputTokens(BigDecimal money) {
      if (output.signum() == 0) {
        return Integer.MAX_VALUE;
      }
      return money
          .multiply(MILLION)
          .divideToIntegralValue(output)
          .min(BigDecimal.valueOf(Integer.MAX_VALUE))
          .intValue();
    }
  }

  /** The price of a model, if it is known. */
  public Optional<Price> of(@Nullable String model) {
    if (model == null) {
      return Optional.empty();
    }
    return byModel.entrySet().stream()
        .filter(entry -> model.startsWith(entry.getKey()))
        .max((a, b) -> Integer.compare(a.getKey().length(), b.getKey().length()))
        .map(Map.Entry::getValue);
  }
}
