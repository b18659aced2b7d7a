package dev.zhixing.tool.code;

/**
 * A program that did not end well: a mistake in it, or a limit that it ran into. The message is
 * written for the model that wrote the program and carries what the program printed before.
 */
public final class CodeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String stdout;

  CodeException(String what, String stdout) {
    super(stdout.isEmpty() ? what : what + "\nprinted before that:\n" + stdout);
    this.stdout = stdout;
  }

  /** What the program had printed. */
  public String stdout() {
    return stdout;
  }
}
