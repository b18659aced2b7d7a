package dev.zhixing.chat;

import java.util.List;

/**
 * How likely each of several replies is.
 *
 * @param probabilities one for each, in their order, together 1
 * @param usage what it took: the tokens of the request and of all replies, nothing generated
 */
public record LocalProbabilities(List<Double> probabilities, LocalTokenUsage usage) {
  public LocalProbabilities {
    probabilities = List.copyOf(probabilities);
  }
}
