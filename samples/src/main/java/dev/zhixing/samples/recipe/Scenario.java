package dev.zhixing.samples.recipe;

import dev.langchain4j.agent.tool.ToolSpecification;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request and what should follow from it. It becomes a training document (rendered by the
 * format that serves) or an evaluation task.
 *
 * @param language the language of the talk
 * @param suite the evaluation suite it belongs to: calc, home, service, search, code, memory,
 *     chain, chat, refuse, clarify, unseen
 * @param history earlier turns: user, assistant, user, assistant … (plain text, even in number)
 * @param user what the user says
 * @param rounds tool rounds in order; the calls of one round are independent of each other and made
 *     in one turn
 * @param answer the final answer
 * @param answerContains what an evaluation looks for in the answer: each entry is a list of
 *     alternatives
 * @param ownTools specifications of tools that are not in the catalogue; all are offered
 * @param offered names of catalogue tools that must be offered although they are not called, e.g.
 *     the one whose argument is missing
 * @param withheld names of catalogue tools that must not be offered, because they would change what
 *     is right
 * @param orderMatters whether the rounds must happen in this order
 * @param condition what decides about a last call; null if nothing does
 */
public record Scenario(
    Language language,
    String suite,
    List<String> history,
    String user,
    List<List<Call>> rounds,
    String answer,
    List<List<String>> answerContains,
    List<ToolSpecification> ownTools,
    Set<String> offered,
    Set<String> withheld,
    boolean orderMatters,
    @Nullable Condition condition) {

  /**
   * A last call that depends on what the ones before it bring. The plan must not know whether it
   * will be made: a plan that does would be learned as a coin's toss, and obeyed.
   *
   * @param tool the tool of the call that is made, or not
   * @param finding what the assistant says of what it found, before it makes the call; where it
   *     makes none, its answer says so
   */
  public record Condition(String tool, String finding) {}

  public Scenario {
    history = List.copyOf(history);
    rounds = rounds.stream().map(List::copyOf).toList();
    answerContains = answerContains.stream().map(List::copyOf).toList();
    ownTools = List.copyOf(ownTools);
    offered = Set.copyOf(offered);
    withheld = Set.copyOf(withheld);
    if (history.size() % 2 != 0) {
      throw new IllegalArgumentException(
          "history: expected pairs of a user's and an assistant's turn, found "
              + history.size()
              + " turns");
    }
  }

  /** A scenario without history, own tools and withheld tools. */
  public static Scenario of(
      Language language, String suite, String user, List<List<Call>> rounds, String answer) {
    return new Scenario(
        language,
        suite,
        List.of(),
        user,
        rounds,
        answer,
        List.of(),
        List.of(),
        Set.of(),
        Set.of(),
        rounds.size() > 1,
        null);
  }

  /** The same with the request in other words. */
  public Scenario withUser(String words) {
    return new Scenario(
        language,
        suite,
        history,
        words,
        rounds,
        answer,
        answerContains,
        ownTools,
        offered,
        withheld,
        orderMatters,
        condition);
  }

  public Scenario withHistory(String... turns) {
    return new Scenario(
        language,
        suite,
        List.of(turns),
        user,
        rounds,
        answer,
        answerContains,
        ownTools,
        offered,
        withheld,
        orderMatters,
        condition);
  }

  /** Each argument is one thing that the answer must hold; alternatives are parted by {@code |}. */
  public Scenario answering(String... needed) {
    List<List<String>> lists = Arrays.stream(needed).map(n -> List.of(n.split("\\|"))).toList();
    return new Scenario(
        language,
        suite,
        history,
        user,
        rounds,
        answer,
        lists,
        ownTools,
        offered,
        withheld,
        orderMatters,
        condition);
  }

  public Scenario withOwnTools(List<ToolSpecification> tools) {
    return new Scenario(
        language,
        suite,
        history,
        user,
        rounds,
        answer,
        answerContains,
        tools,
        offered,
        withheld,
        orderMatters,
        condition);
  }

  /** Offers these tools although they are not called. */
  public Scenario offering(String... tools) {
    return new Scenario(
        language,
        suite,
        history,
        user,
        rounds,
        answer,
        answerContains,
        ownTools,
        Set.of(tools),
        withheld,
        orderMatters,
        condition);
  }

  public Scenario withholding(String... tools) {
    return new Scenario(
        language,
        suite,
        history,
        user,
        rounds,
        answer,
        answerContains,
        ownTools,
        offered,
        Set.of(tools),
        orderMatters,
        condition);
  }

  public Scenario inAnyOrder() {
    return new Scenario(
        language,
        suite,
        history,
        user,
        rounds,
        answer,
        answerContains,
        ownTools,
        offered,
        withheld,
        false,
        condition);
  }

  /** Makes the call of {@code tool} depend on what is found before, see {@link Condition}. */
  public Scenario dependingOn(String tool, String finding) {
    return new Scenario(
        language,
        suite,
        history,
        user,
        rounds,
        answer,
        answerContains,
        ownTools,
        Set.of(tool),
        withheld,
        orderMatters,
        new Condition(tool, finding));
  }
}
