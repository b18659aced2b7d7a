package dev.zhixing.agent;

/** What a {@link Guardrail} says about a request, a call or an answer. */
public sealed interface Verdict {
  /** The one way to let pass. */
  Verdict ALLOW = new Allow();

  /** Let it pass as it is. */
  record Allow() implements Verdict {}

  /** Let {@code text} pass instead: another request, other arguments (as JSON), another answer. */
  record Rewrite(String text, String reason) implements Verdict {}

  /**
   * Do not let it pass.
   *
   * @param message for the person in the person's language; for a call, what the model reads
   *     instead of a result
   * @param reason why, for the record
   */
  record Block(String message, String reason) implements Verdict {}

  /**
   * Let a call pass only if a person agrees. For a request or an answer, which nobody is asked
   * about, the same as a block.
   */
  record AskPerson(String reason) implements Verdict {}
}
