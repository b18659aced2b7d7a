package dev.zhixing.samples.recipe.unseen;

import dev.zhixing.samples.recipe.Things;
import dev.zhixing.samples.recipe.Weighted;
import java.util.List;

/** The situations of the suite {@code unseen}. */
public final class UnseenSituations {

  private UnseenSituations() {}

  /** All of them with their shares; phrase books are read anew. */
  public static List<Weighted> all() {
    ToolShelf english = ToolShelf.load("unseen.en");
    ToolShelf chinese = ToolShelf.load("unseen.zh");
    Things things = new Things(english.book(), chinese.book());
    return List.of(new Weighted(new UnseenRequest(english, chinese, things), 1));
  }
}
