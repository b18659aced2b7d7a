package dev.zhixing.samples.recipe.tiny;

import dev.zhixing.samples.recipe.Call;
import dev.zhixing.samples.recipe.Language;
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
   *
   * @param rounds all tool rounds of the request
   */
  static String before(List<List<Call>> rounds, int at, Language language) {
    boolean chinese = language == Language.ZH;
    if (at > 0) {
      return chinese
          ? "接着用 " + names(rounds.get(at), " 和 ") + "。"
          : "Now use " + names(rounds.get(at), " and ") + ".";
    }
    if (rounds.size() == 1) {
      return chinese
          ? "用 " + names(rounds.getFirst(), " 和 ") + "。"
          : "Use " + names(rounds.getFirst(), " and ") + ".";
    }
    StringJoiner plan = new StringJoiner(chinese ? "，再用 " : ", then ");
    rounds.forEach(round -> plan.add(names(round, chinese ? " 和 " : " and ")));
    return chinese ? "先用 " + plan + "。" : "Use " + plan + ".";
  }

  private static String names(List<Call> round, String separator) {
    StringJoiner out = new StringJoiner(separator);
    round.forEach(call -> out.add(call.tool()));
    return out.toString();
  }
}
