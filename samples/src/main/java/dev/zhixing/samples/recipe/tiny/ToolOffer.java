package dev.zhixing.samples.recipe.tiny;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.zhixing.samples.recipe.Draw;
import dev.zhixing.samples.recipe.Scenario;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Which tools a scenario's conversation offers: those it needs and random others, so that the model
 * learns to read the offer instead of assuming one. Immutable.
 */
final class ToolOffer {

  private static final int MOST = 8;

  private final Map<String, ToolSpecification> catalogue = new LinkedHashMap<>();
  private final List<String> shipped;

  /**
   * @param catalogue all known tools
   * @param shipped names of the tools that the product offers by default, in its order
   */
  ToolOffer(List<ToolSpecification> catalogue, List<String> shipped) {
    catalogue.forEach(tool -> this.catalogue.put(tool.name(), tool));
    this.shipped = List.copyOf(shipped);
  }

  /** The names of the catalogue's tools that the scenario can't do without. */
  static Set<String> needed(Scenario scenario) {
    Set<String> names = new HashSet<>(scenario.offered());
    scenario.rounds().forEach(round -> round.forEach(call -> names.add(call.tool())));
    scenario.ownTools().forEach(tool -> names.remove(tool.name()));
    return names;
  }

  /** Draws an offer for a scenario. */
  List<ToolSpecification> draw(Scenario scenario, Draw draw) {
    Set<String> needed = needed(scenario);
    Random shuffle = new Random(draw.random().nextLong());
    if (scenario.ownTools().isEmpty() && draw.chance(0.15) && fits(scenario, Set.copyOf(shipped))) {
      return specifications(shipped);
    }
    List<String> names = new ArrayList<>(needed);
    List<String> others = new ArrayList<>(catalogue.keySet());
    others.removeAll(needed);
    others.removeAll(scenario.withheld());
    Collections.sort(others);
    Collections.shuffle(others, shuffle);
    int own = scenario.ownTools().size();
    int size = draw.between(Math.max(2, needed.size() + own), MOST);
    for (String other : others) {
      if (names.size() + own >= size) {
        break;
      }
      names.add(other);
    }
    List<ToolSpecification> offer = new ArrayList<>(specifications(names));
    offer.addAll(scenario.ownTools());
    offer.sort(Comparator.comparing(ToolSpecification::name));
    Collections.shuffle(offer, shuffle);
    return offer;
  }

  /** Whether a scenario can go on in a conversation that offers these tools. */
  static boolean fits(Scenario scenario, Set<String> offered) {
    return scenario.ownTools().isEmpty()
        && offered.containsAll(needed(scenario))
        && Collections.disjoint(offered, scenario.withheld());
  }

  private List<ToolSpecification> specifications(List<String> names) {
    return names.stream()
        .map(
            name -> {
              ToolSpecification tool = catalogue.get(name);
              if (tool == null) {
                throw new IllegalArgumentException(
                    "tool offer: expected one of " + catalogue.keySet() + ", found " + name);
              }
              return tool;
            })
        .toList();
  }
}
