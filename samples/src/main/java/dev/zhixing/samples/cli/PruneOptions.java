package dev.zhixing.samples.cli;

import dev.zhixing.agent.journal.Journals;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which runs are deleted. */
final class PruneOptions {

  @Option(
      names = "--prune",
      required = true,
      description = "Deletes old runs and lists those that it deleted.")
  private boolean prune;

  @Option(
      names = "--older-than",
      required = true,
      paramLabel = "AGE",
      converter = Age.class,
      description =
          "With --prune: only runs of which nothing was written for so long, such as 30d, 12h or"
              + " 45m.")
  private Duration age = Duration.ZERO;

  @Option(
      names = "--unfinished",
      description =
          "With --prune: also runs that were killed or wait for approval; they cannot be resumed"
              + " then.")
  private boolean unfinished;

  /** Deletes them; what they were, the newest first. */
  List<Journals.Summary> prune(Journals journals, InstantSource clock) {
    if (!prune) { // --prune=false
      return List.of();
    }
    List<Journals.Summary> before = journals.list();
    Set<String> deleted = new HashSet<>(journals.prune(clock.instant().minus(age), unfinished));
    return before.stream().filter(run -> deleted.contains(run.id())).toList();
  }

  /** Reads a number of days, hours or minutes. */
  static final class Age implements ITypeConverter<Duration> {
    private static final Pattern AGE = Pattern.compile("(\\d{1,6})([dhm])");

    @Override
    public Duration convert(String text) {
      Matcher age = AGE.matcher(text);
      if (!age.matches()) {
        throw new TypeConversionException(
            "expected days, hours or minutes such as 30d, 12h or 45m, found '" + text + "'");
      }
      int number = Integer.parseInt(age.group(1));
      return switch (age.group(2)) {
        case "d" -> Duration.ofDays(number);
        case "h" -> Duration.ofHours(number);
        default -> Duration.ofMinutes(number);
      };
    }
  }
}
