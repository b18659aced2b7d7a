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
 * The training documents by index: mostly conversations, at the start also plain text and drills,
 * whose shares fall to a small rest. The same seed and index give the same document. Safe for all
 * threads.
 */
final class TrainingMix implements DocumentSource {

  private final ScenarioMix scenarios;
  private final ToolOffer offer;
  private final DialogueRenderer renderer;
  private final PlainText text;
  private final Drills drills = new Drills();
  private final Shares shares;
  private final long seed;

  /**
   * A share of the documents that falls evenly, then stays.
   *
   * @param atStart the share at document 0
   * @param later the share after the fall
   */
  record Share(double atStart, double later) {
    double at(double way) {
      return atStart + (later - atStart) * way;
    }
  }

  /**
   * What is not conversations.
   *
   * @param text plain text
   * @param drills see {@link Drills}
   * @param untilDocument where both shares have fallen
   */
  record Shares(Share text, Share drills, long untilDocument) {

    /** Plain text and drills help to start: their shares fall over a third of the documents. */
    static Shares falling(long documents) {
      return new Shares(new Share(0.2, 0.03), new Share(0.25, 0.04), documents / 3);
    }

    double wayAt(long index) {
      return Math.min(1, index / (double) Math.max(1, untilDocument));
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
    double way = shares.wayAt(index);
    if (!text.isEmpty() && draw.chance(shares.text().at(way))) {
      return renderer.renderText(text.sample(draw));
    }
    if (draw.chance(shares.drills().at(way))) {
      return renderer.renderDrills(drills.sample(draw));
    }
    Scenario first = scenarios.sample(draw);
    List<ToolSpecification> offered = offer.draw(first, draw);
    List<Scenario> talk = new ArrayList<>();
    talk.add(first);
    if (draw.chance(0.7)) {
      Set<String> names = offered.stream().map(ToolSpecification::name).collect(Collectors.toSet());
      for (int tries = 0; tries < 24 && talk.size() < 8; tries++) {
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
