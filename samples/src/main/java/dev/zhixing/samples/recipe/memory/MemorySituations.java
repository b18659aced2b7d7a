package dev.zhixing.samples.recipe.memory;

import dev.zhixing.samples.recipe.Phrasebook;
import dev.zhixing.samples.recipe.Things;
import dev.zhixing.samples.recipe.Weighted;
import java.util.List;

/** The situations of the suite {@code memory}. */
public final class MemorySituations {

  private MemorySituations() {}

  /** All of them with their shares; phrase books are read anew. */
  public static List<Weighted> all() {
    Phrasebook english = Phrasebook.load("memory.en");
    Phrasebook chinese = Phrasebook.load("memory.zh");
    Things things = new Things(english, chinese);
    return List.of(
        new Weighted(new MemoryRequest(english, chinese, things, MemoryRequest.Kind.REMEMBER), 5),
        new Weighted(new MemoryRequest(english, chinese, things, MemoryRequest.Kind.RECALL), 4),
        new Weighted(new MemoryRequest(english, chinese, things, MemoryRequest.Kind.WITHHELD), 1));
  }
}
