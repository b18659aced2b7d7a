package dev.zhixing.planner.tree;

import dev.langchain4j.data.message.AiMessage;
import dev.zhixing.agent.OptionScores;
import dev.zhixing.agent.Run;
import dev.zhixing.agent.Step;
import dev.zhixing.planner.dialogue.Dialogue;
import dev.zhixing.planner.dialogue.FinalAnswer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tree that a run's steps have grown: made anew from them each time, always the same. */
final class SearchTree {
  static final String GROW = "grow";
  static final String JUDGE = "judge";

  /**
   * Thoughts, one after the other.
   *
   * @param score how promising they are, 0 to 1
   */
  record Node(List<AiMessage> thoughts, double score) {
    Node {
      thoughts = List.copyOf(thoughts);
    }

    List<String> texts() {
      return thoughts.stream().map(Dialogue::text).toList();
    }

    /** The answer that the last thought gives, if it gives one. */
    Optional<String> answer() {
      return thoughts.isEmpty() ? Optional.empty() : FinalAnswer.in(texts().getLast());
    }
  }

  private final Run run;
  private final @Nullable Evaluator evaluator;
  private final int depth;
  private final List<Node> open = new ArrayList<>();
  private final List<Node> closed = new ArrayList<>();
  private final Deque<List<AiMessage>> unjudged = new ArrayDeque<>();
  private int grown;

  private SearchTree(Run run, @Nullable Evaluator evaluator, int depth) {
    this.run = run;
    this.evaluator = evaluator;
    this.depth = depth;
    open.add(new Node(List.of(), 0));
  }

  /**
   * @param evaluator null where the model judges
   * @param depth most thoughts one after the other
   */
  static SearchTree of(Run run, @Nullable Evaluator evaluator, int depth) {
    SearchTree tree = new SearchTree(run, evaluator, depth);
    for (Step step : run.steps()) {
      switch (step.purpose().orElse("")) {
        case GROW -> tree.grow(step.replies());
        case JUDGE -> tree.judged(step);
        default -> {}
      }
    }
    return tree;
  }

  private void grow(List<AiMessage> replies) {
    Node node = best(open);
    open.remove(node);
    grown++;
    Set<String> texts = new HashSet<>();
    for (AiMessage reply : replies) {
      if (!Dialogue.text(reply).isEmpty() && texts.add(Dialogue.text(reply))) {
        List<AiMessage> thoughts = new ArrayList<>(node.thoughts());
        thoughts.add(reply);
        if (evaluator == null) {
          unjudged.add(thoughts);
        } else {
          List<String> path = thoughts.stream().map(Dialogue::text).toList();
          add(new Node(thoughts, evaluator.score(run.request(), path)));
        }
      }
    }
  }

  private void judged(Step step) {
    Map<String, Double> probabilities = step.reply().map(OptionScores::of).orElse(Map.of());
    double score = 0;
    double worth = 1;
    Iterator<Double> inOrder = probabilities.values().iterator();
    while (inOrder.hasNext()) { // sure, perhaps, impossible: 1, 0.5, 0
      score += worth * inOrder.next();
      worth -= 0.5;
    }
    add(new Node(unjudged.remove(), score));
  }

  private void add(Node node) {
    boolean isLeaf = node.answer().isEmpty() && node.thoughts().size() >= depth;
    (isLeaf ? closed : open).add(node);
  }

  /** The thoughts that the model has to judge next, if any. */
  Optional<List<String>> toJudge() {
    return Optional.ofNullable(unjudged.peek())
        .map(thoughts -> thoughts.stream().map(Dialogue::text).toList());
  }

  /** The most promising node that may be grown or holds an answer; empty where all are leaves. */
  Optional<Node> best() {
    return open.isEmpty() ? Optional.empty() : Optional.of(best(open));
  }

  /** The most promising node of all, those with an answer first. */
  Node bestOfAll() {
    List<Node> all = new ArrayList<>(open);
    all.addAll(closed);
    List<Node> answering = all.stream().filter(n -> n.answer().isPresent()).toList();
    return all.isEmpty() ? new Node(List.of(), 0) : best(answering.isEmpty() ? all : answering);
  }

  /** How many nodes were grown. */
  int grown() {
    return grown;
  }

  /** The highest score; of equals the longest, then the first. */
  private static Node best(List<Node> nodes) {
    Comparator<Node> order =
        Comparator.comparingDouble(Node::score).thenComparingInt(n -> n.thoughts().size());
    Node best = nodes.getFirst();
    for (Node node : nodes) {
      best = order.compare(node, best) > 0 ? node : best;
    }
    return best;
  }
}
