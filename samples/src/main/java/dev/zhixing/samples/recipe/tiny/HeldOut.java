package dev.zhixing.samples.recipe.tiny;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.zhixing.samples.recipe.Draw;
import dev.zhixing.samples.recipe.Language;
import dev.zhixing.samples.recipe.Scenario;
import java.util.ArrayList;
import java.util.List;

/**
 * A request with at least one phrasing that training never sees.
 *
 * @param scenario the request and what should follow
 * @param offered the tools on offer
 */
record HeldOut(Scenario scenario, List<ToolSpecification> offered) {

  private static final int TRIES_EACH = 50;

  /** Draws requests, in both languages alike; the same seed gives the same ones. */
  static List<HeldOut> draw(Ingredients ingredients, int count, long seed) {
    List<HeldOut> requests = new ArrayList<>();
    for (long draws = 0; requests.size() < count; draws++) {
      if (draws > (long) TRIES_EACH * count) {
        throw new IllegalStateException(
            "held-out requests: expected %d, found only %d in unseen phrasings"
                .formatted(count, requests.size()));
      }
      Language language = draws % 2 == 0 ? Language.EN : Language.ZH;
      Draw draw = new Draw(TrainingMix.mix(seed * 31 + draws), language, true);
      Scenario scenario = ingredients.scenarios().sample(draw);
      if (draw.unseenPhrases() > 0) {
        requests.add(new HeldOut(scenario, ingredients.offer().draw(scenario, draw)));
      }
    }
    return requests;
  }
}
