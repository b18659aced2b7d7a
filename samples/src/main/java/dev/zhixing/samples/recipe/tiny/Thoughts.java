package dev.zhixing.samples.recipe.tiny;

import dev.zhixing.samples.recipe.Call;
import dev.zhixing.samples.recipe.Language;
import dev.zhixing.samples.recipe.Scenario;
import java.util.List;
import java.util.StringJoiner;

/**
 * The short thought before tool calls: which tools, in which order. It is the plan that later steps
 * read.
 */
final class Thoughts {

  private Thoughts() {}

  /**
   * The thought before round {@code at}: the whole plan at the start, the next tools afterwards.
   */
  static String before(Scenario scenario, int at) {
    boolean chinese = scenario.language() == Language.ZH;
    String and = chinese ? " 和 " : " and ";
    List<List<Call>> rounds = scenario.rounds();
    Scenario.Condition condition = scenario.condition();
    if (at > 0) {
      String next = names(rounds.get(at), and);
      String finding = condition == null ? "" : condition.finding() + (chinese ? "" : " ");
      return finding + (chinese ? "接着用 " + next + "。" : "Now use " + next + ".");
    }
    if (condition != null) {
      String first = names(rounds.getFirst(), and);
      return chinese
          ? "先用 " + first + "，再看要不要用 " + condition.tool() + "。"
          : "Use " + first + ", then perhaps " + condition.tool() + ".";
    }
    if (rounds.size() == 1) {
      return (chinese ? "用 " : "Use ") + names(rounds.getFirst(), and) + (chinese ? "。" : ".");
    }
    StringJoiner plan = new StringJoiner(chinese ? "，再用 " : ", then ");
    rounds.forEach(round -> plan.add(names(round, and)));
    return chinese ? "先用 " + plan + "。" : "Use " + plan + ".";
  }

  private static String names(List<Call> round, String separator) {
    StringJoiner out = new StringJoiner(separator);
    round.forEach(call -> out.add(call.tool()));
    return out.toString();
  }
}
