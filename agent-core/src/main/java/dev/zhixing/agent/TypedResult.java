package dev.zhixing.agent;

import java.util.Optional;

/**
 * The end of a run that was to give an answer of a type.
 *
 * @param result how the run ended; the text of an answer is the JSON
 * @param value the answer; empty unless the result is {@link RunResult.Answered}
 */
public record TypedResult<T>(RunResult result, Optional<T> value) {
  /**
   * Returns the answer.
   *
   * @throws IllegalStateException if there is none; the message says why
   */
  public T get() {
    return value.orElseThrow(
        () ->
            new IllegalStateException(
                "run %s: expected an answer, found %s: %s"
                    .formatted(
                        result.run().id(), result.getClass().getSimpleName(), result.reason())));
  }
}
