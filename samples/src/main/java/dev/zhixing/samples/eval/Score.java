package dev.zhixing.samples.eval;

/**
 * How a task went.
 *
 * @param task the task
 * @param outcome what the agent did
 * @param toolsRight whether the right tools were called, and no other
 * @param argumentsRight whether every call was the expected one, arguments included
 * @param answerRight whether the answer holds what it must
 */
public record Score(
    EvalTask task,
    Outcome outcome,
    boolean toolsRight,
    boolean argumentsRight,
    boolean answerRight) {

  /** Judges an outcome. */
  public static Score of(EvalTask task, Outcome outcome, Wording wording) {
    Expectation expect = task.expect();
    return new Score(
        task,
        outcome,
        CallMatching.sameTools(expect, outcome.calls()),
        CallMatching.sameCalls(expect, outcome.calls()),
        answerFits(expect, outcome.answer(), wording));
  }

  /** Whether the task succeeded. */
  public boolean success() {
    return argumentsRight && answerRight;
  }

  private static boolean answerFits(Expectation expect, String answer, Wording wording) {
    AnswerText text = new AnswerText(answer);
    boolean holds =
        expect.answerContains().stream()
            .allMatch(alternatives -> alternatives.stream().anyMatch(text::contains));
    Boolean refuse = expect.refuse();
    return holds
        && (refuse == null || refuse == wording.refuses(answer))
        && (!expect.clarify() || wording.asksBack(answer));
  }
}
