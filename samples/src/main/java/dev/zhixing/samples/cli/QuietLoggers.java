package dev.zhixing.samples.cli;

import java.io.PrintStream;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * The program's loggers, found by the JDK as a service: warnings and worse as one line on standard
 * error, all else only with {@code --verbose}. Unlike java.util.logging it costs nothing at start.
 */
public final class QuietLoggers extends System.LoggerFinder {

  /**
   * The system property by which the main says that everything from INFO on is to be shown, and
   * from DEBUG on what the local chat model tells of itself, such as how much of a request it knew.
   */
  static final String VERBOSE = "zhixing.verbose";

  private static final String TALKATIVE = "dev.zhixing.chat.";

  /** For the JDK's service loader. */
  public QuietLoggers() {}

  @Override
  public System.Logger getLogger(String name, Module module) {
    System.Logger.Level verbose =
        name.startsWith(TALKATIVE) ? System.Logger.Level.DEBUG : System.Logger.Level.INFO;
    return new Line(name, Boolean.getBoolean(VERBOSE) ? verbose : System.Logger.Level.WARNING);
  }

  private record Line(String name, Level threshold) implements System.Logger {
    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean isLoggable(Level level) {
      return level.getSeverity() >= threshold.getSeverity() && level != Level.OFF;
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String message,
        @Nullable Throwable thrown) {
      if (isLoggable(level)) {
        PrintStream err = System.err;
        err.println("zhixing: " + level.getName().toLowerCase(Locale.ROOT) + ": " + message);
        if (thrown != null && threshold != Level.WARNING) {
          thrown.printStackTrace(err);
        }
      }
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String format,
        @Nullable Object @Nullable ... parameters) {
      if (isLoggable(level)) {
        boolean plain = format == null || parameters == null || parameters.length == 0;
        log(
            level,
            bundle,
            plain ? format : MessageFormat.format(format, parameters),
            (Throwable) null);
      }
    }
  }
}
