package dev.zhixing.samples.cli;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Configures java.util.logging, which Lucene uses, when something first asks for it: warnings and
 * worse go nowhere but to {@code --verbose}. The JDK makes an object of this class.
 */
public final class QuietJavaLogging {

  /** Called by the JDK's LogManager. */
  public QuietJavaLogging() {
    if (!Boolean.getBoolean(QuietLoggers.VERBOSE)) {
      Logger.getLogger("").setLevel(Level.OFF);
    }
  }
}
