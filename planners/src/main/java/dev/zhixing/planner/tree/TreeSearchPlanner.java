package dev.zhixing.planner.tree;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.zhixing.agent.Action;
import dev.zhixing.agent.Planner;
import dev.zhixing.agent.ReplyForm;
import dev.zhixing.agent.Run;
import dev.zhixing.agent.prompt.Prompts;
import dev.zhixing.planner.dialogue.Dialogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Searches among thoughts, after Yao et al., <a href="https://arxiv.org/abs/2305.10601">Tree of
 * Thoughts</a> (NeurIPS 2023), best first as in Zhou et al., <a
 * href="https://arxiv.org/abs/2310.04406">Language Agent Tree Search</a> (ICML 2024): the most
 * promising thoughts so far are continued in several ways at once, each continuation is judged, and
 * so on until the best one holds an answer. A wrong branch is left as soon as another looks better.
 * It thinks only and calls no tools. With a local model the continuations of a thought share their
 * prefix and are decoded in one batch. Stateless.
 */
public final class TreeSearchPlanner implements Planner {
  private static final String ANSWER = "answer";
  private static final List<String> JUDGEMENTS = List.of("sure", "perhaps", "impossible");
  private static final List<String> JUDGEMENTS_ZH = List.of("肯定", "可能", "不可能");
  private static final Prompts PROMPTS = Prompts.of(TreeSearchPlanner.class);

  private final @Nullable Evaluator evaluator;
  private final Limits limits;

  /**
   * How far a search may go.
   *
   * @param breadth continuations of each thought, 1 to 64
   * @param depth most thoughts one after the other, 1 or more
   * @param growths how many thoughts are continued in all, 1 or more
   */
  public record Limits(int breadth, int depth, int growths) {
    /** Three continuations, four deep, ten times in all. */
    public static final Limits STANDARD = new Limits(3, 4, 10);

    public Limits {
      if (breadth < 1 || breadth > 64 || depth < 1 || growths < 1) {
        throw new IllegalArgumentException(
            "limits: expected a breadth of 1 to 64, depth and growths of at least 1, found %d, %d, %d"
                .formatted(breadth, depth, growths));
      }
    }
  }

  private TreeSearchPlanner(@Nullable Evaluator evaluator, Limits limits) {
    this.evaluator = evaluator;
    this.limits = limits;
  }

  /** A search whose thoughts {@code evaluator} judges. */
  public static TreeSearchPlanner judgedBy(Evaluator evaluator, Limits limits) {
    return new TreeSearchPlanner(evaluator, limits);
  }

  /**
   * A search whose thoughts the model itself judges: how likely it holds them to be sure, perhaps
   * or impossible to lead to an answer.
   */
  public static TreeSearchPlanner judgedByModel(Limits limits) {
    return new TreeSearchPlanner(null, limits);
  }

  @Override
  public Action next(Run run) {
    Optional<Action> finished = Dialogue.finished(run, ANSWER);
    if (finished.isPresent()) {
      return finished.get();
    }
    SearchTree tree = SearchTree.of(run, evaluator, limits.depth());
    Optional<List<String>> thoughts = tree.toJudge();
    if (thoughts.isPresent()) {
      return judge(run, thoughts.get());
    }
    Optional<SearchTree.Node> best = tree.best();
    if (best.isPresent() && best.get().answer().isPresent()) {
      return new Action.Finish(best.get().answer().get());
    }
    if (best.isEmpty() || tree.grown() >= limits.growths()) {
      return finish(run, tree.bestOfAll());
    }
    List<ChatMessage> messages = messages(run, best.get().thoughts());
    return Action.AskModel.aside(SearchTree.GROW, messages)
        .in(new ReplyForm.Branches(limits.breadth()));
  }

  /** The answer that was found, or one that the model gives from its best thoughts. */
  private static Action finish(Run run, SearchTree.Node best) {
    if (best.answer().isPresent()) {
      return new Action.Finish(best.answer().get());
    }
    String text =
        PROMPTS.text(
            "answer-v1",
            run.request(),
            Map.of("request", run.request(), "thoughts", lines(best.texts())));
    return Action.AskModel.aside(ANSWER, Dialogue.asking(run, text)).saidAloud();
  }

  private static Action judge(Run run, List<String> thoughts) {
    String text =
        PROMPTS.text(
            "judge-v1",
            run.request(),
            Map.of("request", run.request(), "thoughts", lines(thoughts)));
    List<String> options = Prompts.isChinese(run.request()) ? JUDGEMENTS_ZH : JUDGEMENTS;
    return Action.AskModel.aside(SearchTree.JUDGE, Dialogue.asking(run, text))
        .in(new ReplyForm.OneOf(options));
  }

  /** The question with the thoughts as the model's own turns: only what is new is to be read. */
  private static List<ChatMessage> messages(Run run, List<AiMessage> thoughts) {
    String text = PROMPTS.text("think-v1", run.request(), Map.of("request", run.request()));
    String more = PROMPTS.text("more-v1", run.request(), Map.of());
    List<ChatMessage> messages = new ArrayList<>(Dialogue.asking(run, text));
    for (AiMessage thought : thoughts) {
      messages.add(thought);
      messages.add(UserMessage.from(more));
    }
    return messages;
  }

  private static String lines(List<String> thoughts) {
    return thoughts.isEmpty() ? "-" : String.join("\n", thoughts);
  }
}
