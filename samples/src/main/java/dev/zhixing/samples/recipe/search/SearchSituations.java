package dev.zhixing.samples.recipe.search;

import dev.zhixing.samples.recipe.Phrasebook;
import dev.zhixing.samples.recipe.Things;
import dev.zhixing.samples.recipe.Weighted;
import java.util.List;

/** The situations of the suite {@code search}. */
public final class SearchSituations {

  private SearchSituations() {}

  /** All of them with their shares; phrase books are read anew. */
  public static List<Weighted> all() {
    Phrasebook english = Phrasebook.load("search.en");
    Phrasebook chinese = Phrasebook.load("search.zh");
    Things things = new Things(english, chinese);
    Zones zones = Zones.load();
    return List.of(
        new Weighted(new FactRequest(english, chinese, things, "web"), 8),
        new Weighted(new FactRequest(english, chinese, things, "documents"), 3),
        new Weighted(new FactRequest(english, chinese, things, "documents.empty"), 0.4),
        new Weighted(new TimeRequest(english, chinese, things, zones, true), 5),
        new Weighted(new TimeRequest(english, chinese, things, zones, false), 1.5),
        new Weighted(new MissingSearchTool(english, chinese, things, zones), 1.2));
  }
}
