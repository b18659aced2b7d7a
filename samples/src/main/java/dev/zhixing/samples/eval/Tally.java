package dev.zhixing.samples.eval;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Scores of several tasks, counted.
 *
 * @param tasks how many tasks
 * @param success tasks that succeeded
 * @param tools tasks in which the right tools were called, and no other
 * @param withCalls tasks that expect calls
 * @param arguments those among them in which every call was right, arguments included
 * @param withAnswer tasks that expect something of the answer
 * @param answers those among them whose answer holds it
 */
public record Tally(
    int tasks, int success, int tools, int withCalls, int arguments, int withAnswer, int answers) {

  static Tally of(List<Score> scores) {
    return new Tally(
        scores.size(),
        count(scores, Score::success),
        count(scores, Score::toolsRight),
        count(scores, Tally::expectsCalls),
        count(scores, s -> expectsCalls(s) && s.argumentsRight()),
        count(scores, Tally::judgesAnswer),
        count(scores, s -> judgesAnswer(s) && s.answerRight()));
  }

  /** Share of tasks that succeeded, 0 to 1; null without tasks. */
  public @Nullable Double successRate() {
    return rate(success, tasks);
  }

  /** Share of tasks with the right tools, 0 to 1; null without tasks. */
  public @Nullable Double toolRate() {
    return rate(tools, tasks);
  }

  /** Share of the tasks that expect calls in which every call was right; null without such. */
  public @Nullable Double argumentRate() {
    return rate(arguments, withCalls);
  }

  /** Share of right answers among the tasks that expect something of it; null without such. */
  public @Nullable Double answerRate() {
    return rate(answers, withAnswer);
  }

  private static @Nullable Double rate(int part, int whole) {
    return whole == 0 ? null : part / (double) whole;
  }

  private static int count(List<Score> scores, Predicate<Score> test) {
    return (int) scores.stream().filter(test).count();
  }

  private static boolean expectsCalls(Score score) {
    return !score.task().expect().calls().isEmpty();
  }

  private static boolean judgesAnswer(Score score) {
    return score.task().expect().judgesAnswer();
  }
}
