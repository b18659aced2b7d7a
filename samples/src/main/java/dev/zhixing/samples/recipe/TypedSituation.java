package dev.zhixing.samples.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A situation as people type it: its users' turns with {@link Noise}. What a call copies from the
 * request, and what the answer must hold, stays letter by letter. Stateless.
 *
 * @param situation where the requests come from
 */
public record TypedSituation(Situation situation) implements Situation {

  @Override
  public Scenario sample(Draw draw) {
    Scenario scenario = situation.sample(draw);
    String[] kept = copied(scenario).toArray(String[]::new);
    String[] history = scenario.history().toArray(String[]::new);
    for (int i = 0; i < history.length; i += 2) {
      history[i] = Noise.typed(draw, history[i], kept);
    }
    return scenario.withUser(Noise.typed(draw, scenario.user(), kept)).withHistory(history);
  }

  private static List<String> copied(Scenario scenario) {
    List<String> texts = new ArrayList<>();
    for (List<Call> round : scenario.rounds()) {
      round.forEach(call -> addTexts(call.arguments(), texts));
    }
    scenario.answerContains().forEach(texts::addAll);
    texts.sort((a, b) -> b.length() - a.length());
    return texts;
  }

  private static void addTexts(JsonNode node, List<String> texts) {
    if (node.isTextual()) {
      texts.add(node.asText());
    }
    node.forEach(child -> addTexts(child, texts));
  }
}
