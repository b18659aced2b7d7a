package dev.zhixing.agent;

import java.util.Optional;

/**
 * The end of a run that was to give an answer of a type.
 *
 * @param result how the run ended; the text of an answer is the JSON
 * @param value the answer. Where the result is {@link RunResult.OutOfBudget}, what was said until
 *     then, if that is JSON of the type: a local model completes it within its limit. Otherwise
 *     empty
 */
public record TypedResult<T>(RunResult result, Optional<T> value) {
  /**
   * Returns the answer; a partial one does not count.
   *
   * @throws IllegalStateException if there is none; the message says why
   */
  public T get() {
    return value
        .filter(_ -> result instanceof RunResult.Answered)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "run %s: expected an answer, found %s: %s"
                        .formatted(
                            result.run().id(),
                            result.getClass().getSimpleName(),
                            result.reason())));
  }
}
