package dev.zhixing.chat.template;

/**
 * A template that cannot be read or rendered, or that refuses a conversation by its own {@code
 * raise_exception}; the message says where and why.
 */
public final class TemplateException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final boolean isRefusal;

  TemplateException(String message) {
    this(message, false);
  }

  private TemplateException(String message, boolean isRefusal) {
    super(message);
    this.isRefusal = isRefusal;
  }

  /** The template itself said no. */
  static TemplateException refusal(String message) {
    return new TemplateException(message, true);
  }

  /** The same with the place in front. */
  TemplateException at(int line) {
    String text = getMessage();
    if (text.startsWith("chat template")) {
      return this;
    }
    TemplateException placed =
        new TemplateException("chat template, line " + line + ": " + text, isRefusal);
    placed.setStackTrace(getStackTrace());
    return placed;
  }

  /** Whether the template refused by {@code raise_exception}, rather than failed. */
  public boolean isRefusal() {
    return isRefusal;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
