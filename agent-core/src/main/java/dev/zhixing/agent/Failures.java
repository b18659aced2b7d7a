package dev.zhixing.agent;

/** Says what went wrong in words that help whoever reads them. */
final class Failures {
  private Failures() {}

  /** The message of {@code cause} or of what lies behind it, else the name of its type. */
  static String inWords(Throwable cause) {
    for (Throwable e = cause; e != null; e = e.getCause()) {
      String message = e.getMessage();
      if (message != null && !message.isBlank()) {
        return message;
      }
    }
    return cause.getClass().getSimpleName();
  }
}
