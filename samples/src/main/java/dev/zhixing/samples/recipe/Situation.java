package dev.zhixing.samples.recipe;

/**
 * A kind of request, from which scenarios are drawn. Implementations are stateless and safe for all
 * threads.
 */
@FunctionalInterface
public interface Situation {

  /** Draws one scenario; the same draw gives the same scenario. */
  Scenario sample(Draw draw);
}
