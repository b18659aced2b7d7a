package dev.zhixing.samples.recipe.home;

import dev.zhixing.samples.recipe.Call;
import java.util.List;

/**
 * One thing to do at home, as said and as called.
 *
 * @param text what the person says
 * @param call what should be called
 * @param done the sentence that reports it
 * @param needed what the report must hold, in the form of {@code Scenario.answering}
 * @param subject what it is about, for "I can't control …"
 */
public record Command(String text, Call call, String done, List<String> needed, String subject) {

  public Command {
    needed = List.copyOf(needed);
  }
}
