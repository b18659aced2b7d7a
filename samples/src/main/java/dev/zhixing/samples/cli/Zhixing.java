package dev.zhixing.samples.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * The program's main: the one place that reads environment and system properties. The launcher sets
 * {@code zhixing.stderr} (where standard error really is), {@code zhixing.terminal.in}, {@code
 * zhixing.terminal.out} and {@code zhixing.terminal.err} (whether they are terminals).
 */
public final class Zhixing {

  private Zhixing() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.setErr(realStandardError());
    if (Arrays.asList(arguments).contains("--verbose")) {
      System.setProperty(QuietLoggers.VERBOSE, "true");
    }
    System.setProperty("java.util.logging.config.class", QuietJavaLogging.class.getName());
    Directories directories = Directories.of(System.getenv(), System.getProperty("user.home", "."));
    LocalModels models = new LocalModels(directories.cache());
    models.begin(arguments);

    PrintStream out = utf8(new FileOutputStream(FileDescriptor.out));
    boolean showsToPeople = Boolean.getBoolean("zhixing.terminal.out");
    Surroundings surroundings =
        new Surroundings(
            directories,
            System.in,
            out,
            System.err,
            Boolean.getBoolean("zhixing.terminal.in") && Boolean.getBoolean("zhixing.terminal.err"),
            showsToPeople,
            showsToPeople && wantsColours(System.getenv()),
            new HouseModels(models, System.getenv("OPENAI_API_KEY")));
    int status = Program.run(surroundings, arguments);
    out.flush();
    System.err.flush();
    System.exit(status);
  }

  private static boolean wantsColours(Map<String, String> environment) {
    return environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "dumb").equals("dumb");
  }

  // The launcher sends file descriptor 2 through a filter that takes out what the VM says at its
  // start; the descriptor that it names is the real one.
  private static PrintStream realStandardError() {
    String path = System.getProperty("zhixing.stderr", "");
    if (!path.isEmpty()) {
      try {
        return utf8(new FileOutputStream(path, true));
      } catch (IOException e) {
        // A socket, or a terminal of another user, cannot be opened by name: the filter will do.
      }
    }
    return utf8(new FileOutputStream(FileDescriptor.err));
  }

  private static PrintStream utf8(OutputStream to) {
    return new PrintStream(to, false, StandardCharsets.UTF_8);
  }
}
