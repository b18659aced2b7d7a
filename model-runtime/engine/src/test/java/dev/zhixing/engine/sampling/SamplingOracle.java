package dev.zhixing.engine.sampling;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoublePredicate;

/** The steps of sampling as one would write them down: boxed, sorted, in double precision. */
final class SamplingOracle {
  private record Token(int id, float logit) {}

  private static final Comparator<Token> LIKELIEST_FIRST =
      Comparator.<Token>comparingDouble(t -> -(t.logit() + 0f)).thenComparingInt(Token::id);

  private final SamplingOptions options;
  private final int[] breakers;
  private final List<Integer> text = new ArrayList<>();
  private final SplittableRandom random;

  SamplingOracle(SamplingOptions options, int... breakers) {
    this.options = options;
    this.breakers = breakers;
    this.random = new SplittableRandom(options.seed());
  }

  void accept(int id) {
    text.add(id);
  }

  int sample(float[] logits) {
    List<Token> left = new ArrayList<>();
    for (int id = 0; id < logits.length; id++) {
      float logit = Float.isFinite(logits[id]) ? changed(id, logits[id]) : Float.NaN;
      if (Float.isFinite(logit)) {
        left.add(new Token(id, logit));
      }
    }
    left.sort(LIKELIEST_FIRST);
    if (options.topK() > 0) {
      left = left.subList(0, Math.min(options.topK(), left.size()));
    }
    if (options.typicalP() < 1) {
      left = typical(left);
    }
    if (options.topP() < 1) {
      double target = options.topP() * total(left, 1);
      left = left.stream().sorted(LIKELIEST_FIRST).toList();
      left = prefix(left, sum -> sum < target, greatest(left));
    }
    double least = greatest(left) + Math.log(options.minP());
    left = left.stream().filter(t -> t.logit() >= least).toList();
    return choose(left.stream().sorted(Comparator.comparingInt(Token::id)).toList());
  }

  private int choose(List<Token> left) {
    if (options.temperature() == 0) {
      return left.stream().max(Comparator.comparingDouble(t -> t.logit() + 0f)).orElseThrow().id();
    }
    double greatest = greatest(left);
    double point = random.nextDouble() * total(left, options.temperature());
    for (Token token : left) {
      point -= weight(token, greatest, options.temperature());
      if (point < 0) {
        return token.id();
      }
    }
    return left.getLast().id();
  }

  private List<Token> typical(List<Token> tokens) {
    double total = total(tokens, 1);
    double greatest = greatest(tokens);
    double none = greatest + Math.log(total);
    double entropy = 0;
    for (Token token : tokens.stream().sorted(Comparator.comparingInt(Token::id)).toList()) {
      entropy += weight(token, greatest, 1) / total * (none - token.logit());
    }
    double expected = entropy;
    Comparator<Token> order =
        Comparator.comparingDouble(t -> (float) Math.abs(none - t.logit() - expected));
    List<Token> sorted = tokens.stream().sorted(order.thenComparingInt(Token::id)).toList();
    double target = options.typicalP() * total;
    return prefix(sorted, sum -> sum <= target, greatest);
  }

  private static List<Token> prefix(List<Token> sorted, DoublePredicate goesOn, double greatest) {
    double sum = 0;
    int count = 0;
    while (count < sorted.size() && (count == 0 || goesOn.test(sum))) {
      sum += weight(sorted.get(count++), greatest, 1);
    }
    return sorted.subList(0, count);
  }

  private static double weight(Token token, double greatest, double temperature) {
    return Math.exp((token.logit() - greatest) / temperature);
  }

  private static double total(List<Token> tokens, double temperature) {
    List<Token> byId = tokens.stream().sorted(Comparator.comparingInt(Token::id)).toList();
    double greatest = greatest(tokens);
    double total = 0;
    for (Token token : byId) {
      total += weight(token, greatest, temperature);
    }
    return total;
  }

  private static double greatest(List<Token> tokens) {
    return tokens.stream().mapToDouble(Token::logit).max().orElseThrow();
  }

  private float changed(int id, float original) {
    float logit = original;
    for (Map.Entry<Integer, Float> bias : options.logitBias().entrySet()) {
      logit = bias.getKey() == id ? logit + bias.getValue() : logit;
    }
    List<Integer> recent =
        text.subList(Math.max(0, text.size() - options.penaltyWindow()), text.size());
    long occurrences = recent.stream().filter(t -> t == id).count();
    if (occurrences > 0) {
      double repetition = options.repetitionPenalty();
      double penalized = logit > 0 ? logit / repetition : logit * repetition;
      double others = occurrences * options.frequencyPenalty();
      logit = (float) (penalized - others - options.presencePenalty());
    }
    return options.dry() == null ? logit : (float) (logit - dryCost(id, options.dry()));
  }

  private double dryCost(int id, Dry dry) {
    if (isBreaker(id)) {
      return 0;
    }
    List<Integer> range = text.subList(Math.max(0, text.size() - dry.range()), text.size());
    int longest = 0;
    for (int end = 1; end < range.size(); end++) {
      if (range.get(end) == id) {
        longest = Math.max(longest, sameEnd(range, end));
      }
    }
    return longest < dry.allowedLength()
        ? 0
        : dry.multiplier() * Math.pow(dry.base(), longest - dry.allowedLength());
  }

  /** How many tokens before {@code end} are the same as the last ones, without a breaker. */
  private int sameEnd(List<Integer> tokens, int end) {
    int same = 0;
    while (same < end
        && tokens.get(end - 1 - same).equals(tokens.get(tokens.size() - 1 - same))
        && !isBreaker(tokens.get(end - 1 - same))) {
      same++;
    }
    return same;
  }

  private boolean isBreaker(int id) {
    for (int breaker : breakers) {
      if (breaker == id) {
        return true;
      }
    }
    return false;
  }
}
