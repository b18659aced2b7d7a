package dev.zhixing.engine;

import java.io.Serial;

/** More tokens were appended to a session than its context can hold. Nothing was appended. */
public final class ContextFullException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  ContextFullException(int length, int more, int limit) {
    super(
        "session: expected at most %d tokens, found %d and %d more; shorten the text or truncate"
            .formatted(limit, length, more));
  }
}
