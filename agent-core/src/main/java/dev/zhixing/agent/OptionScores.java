package dev.zhixing.agent;

import dev.langchain4j.data.message.AiMessage;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How likely each of several options is.
 *
 * @param options two or more, all different
 * @param probabilities one for each, 0 to 1, together 1
 * @param usage the tokens that it took
 */
public record OptionScores(List<String> options, List<Double> probabilities, Usage usage) {
  /** Attribute of an {@link AiMessage}: a map from each option to its probability. */
  public static final String ATTRIBUTE = "zhixing.probabilities";

  public OptionScores {
    options = List.copyOf(options);
    probabilities = List.copyOf(probabilities);
    check(options);
    if (probabilities.size() != options.size()
        || probabilities.stream().anyMatch(p -> p.isNaN() || p < 0 || p > 1 + 1e-6)) {
      throw new IllegalArgumentException(
          "probabilities: expected %d of 0 to 1, found %s"
              .formatted(options.size(), probabilities));
    }
  }

  static void check(List<String> options) {
    if (options.size() < 2 || new HashSet<>(options).size() < options.size()) {
      throw new IllegalArgumentException(
          "options: expected two or more, all different, found " + options);
    }
    if (options.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("options: expected some text in each, found " + options);
    }
  }

  /** The likeliest option; the first of equals. */
  public String best() {
    int best = 0;
    for (int i = 1; i < options.size(); i++) {
      best = probabilities.get(i) > probabilities.get(best) ? i : best;
    }
    return options.get(best);
  }

  /** The probabilities by option, in the order of the options. */
  public Map<String, Double> byOption() {
    Map<String, Double> map = new LinkedHashMap<>();
    for (int i = 0; i < options.size(); i++) {
      map.put(options.get(i), probabilities.get(i));
    }
    return map;
  }

  /** The probabilities that a reply in the form {@link ReplyForm.OneOf} carries; empty if none. */
  public static Map<String, Double> of(AiMessage reply) {
    Map<String, Double> map = new LinkedHashMap<>();
    if (reply.attributes().get(ATTRIBUTE) instanceof Map<?, ?> carried) {
      carried.forEach(
          (option, probability) -> {
            if (option instanceof String text && probability instanceof Number number) {
              map.put(text, number.doubleValue());
            }
          });
    }
    return map;
  }

  AiMessage toMessage() {
    return AiMessage.builder().text(best()).attributes(Map.of(ATTRIBUTE, byOption())).build();
  }
}
