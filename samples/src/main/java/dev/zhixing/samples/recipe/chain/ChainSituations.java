package dev.zhixing.samples.recipe.chain;

import dev.zhixing.samples.recipe.Weighted;
import java.util.List;

/** The suite {@code chain}: two to four calls. */
public final class ChainSituations {

  private ChainSituations() {}

  /** All situations of the suite. */
  public static List<Weighted> chain() {
    return List.of(
        Weighted.of(4, Parallel::mixed),
        Weighted.of(2, Parallel::scene),
        Weighted.of(2, Parallel::everywhere),
        Weighted.of(1.6, Parallel::sensors),
        Weighted.of(1.4, Parallel::timers),
        Weighted.of(1.8, Parallel::sumAndHome),
        Weighted.of(2, HomeChains::follow),
        Weighted.of(1.8, HomeChains::ifCold),
        Weighted.of(0.8, HomeChains::ifMotion),
        Weighted.of(0.6, HomeChains::ifDark),
        Weighted.of(1.6, HomeChains::recalled),
        Weighted.of(2, OrderChains::total),
        Weighted.of(1.8, OrderChains::unlessShipped),
        Weighted.of(1.6, OrderChains::ticket),
        Weighted.of(1.2, OrderChains::together),
        Weighted.of(1.8, FigureChains::remembered),
        Weighted.of(1.8, FigureChains::searched),
        Weighted.of(1.4, FigureChains::until),
        Weighted.of(1, FigureChains::programmed),
        Weighted.of(0.7, FigureChains::noted));
  }
}
