package dev.zhixing.engine.gguf;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A GGUF file cannot be read, or holds something else than expected. */
public final class GgufException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** Creates an exception whose text says where, what was expected, what was found. */
  public GgufException(String message) {
    super(message);
  }

  /** Creates an exception with its cause. */
  public GgufException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
