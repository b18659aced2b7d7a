package dev.zhixing.planner.tree;

import java.util.List;

/** Judges how far thoughts have come. */
@FunctionalInterface
public interface Evaluator {
  /**
   * How promising {@code thoughts} are: 0 for hopeless, 1 for as good as solved. The same for the
   * same thoughts always, and quick: it is asked again at each step of a run.
   *
   * @param request what was asked
   * @param thoughts one after the other, one or more
   */
  double score(String request, List<String> thoughts);
}
