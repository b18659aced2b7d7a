package dev.zhixing.samples.recipe.tiny;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.zhixing.samples.recipe.Draw;
import dev.zhixing.samples.recipe.Language;
import dev.zhixing.samples.recipe.Scenario;
import dev.zhixing.samples.recipe.open.PlainText;
import dev.zhixing.training.DocumentSource;
import dev.zhixing.training.TokenDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The training documents by index: mostly conversations, at the start also plain text, whose share
 * falls to a small rest. The same seed and index give the same document. Safe for all threads.
 */
final class TrainingMix implements DocumentSource {

  private final ScenarioMix scenarios;
  private final ToolOffer offer;
  private final DialogueRenderer renderer;
  private final PlainText text;
  private final Shares shares;
  private final long seed;

  /**
   * The share of plain text among the documents.
   *
   * @param atStart its share at document 0
   * @param later its share from document {@code untilDocument} on; between, the share falls evenly
   */
  record Shares(double atStart, double later, long untilDocument) {
    double textAt(long index) {
      double way = Math.min(1, index / (double) Math.max(1, untilDocument));
      return atStart + (later - atStart) * way;
    }
  }

  TrainingMix(Ingredients ingredients, DialogueRenderer renderer, Shares shares, long seed) {
    this.scenarios = ingredients.scenarios();
    this.offer = ingredients.offer();
    this.text = ingredients.text();
    this.renderer = renderer;
    this.shares = shares;
    this.seed = seed;
  }

  @Override
  public TokenDocument at(long index) {
    Draw draw =
        new Draw(mix(seed * 31 + index), (index & 1) == 0 ? Language.EN : Language.ZH, false);
    if (!text.isEmpty() && draw.chance(shares.textAt(index))) {
      return renderer.renderText(text.sample(draw));
    }
    Scenario first = scenarios.sample(draw);
    List<ToolSpecification> offered = offer.draw(first, draw);
    List<Scenario> talk = new ArrayList<>();
    talk.add(first);
    if (draw.chance(0.6)) {
      Set<String> names = offered.stream().map(ToolSpecification::name).collect(Collectors.toSet());
      for (int tries = 0; tries < 16 && talk.size() < 6; tries++) {
        Scenario next = scenarios.sample(draw);
        if (ToolOffer.fits(next, names)) {
          talk.add(next);
        }
      }
    }
    return renderer.render(offered, talk);
  }

  /**
   * MurmurHash3's finalizer: neighbouring indices must not give shifted copies of one random
   * sequence.
   */
  static long mix(long value) {
    long z = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
    z = (z ^ (z >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return z ^ (z >>> 33);
  }
}
