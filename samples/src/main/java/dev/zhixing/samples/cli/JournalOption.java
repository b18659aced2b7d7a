package dev.zhixing.samples.cli;

import dev.zhixing.agent.journal.Journals;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the journals of runs lie. */
final class JournalOption {

  @Option(
      names = "--journal",
      paramLabel = "DIR",
      description = "The folder of the runs' journals (default: runs in the program's data).")
  private @Nullable Path folder;

  /** The journals, to record a run in them: the folder is made when it is needed. */
  Journals journals(Directories directories) {
    if (folder != null && Files.exists(folder) && !Files.isDirectory(folder)) {
      throw noFolder(folder, "a file");
    }
    return new Journals(folder == null ? directories.runs() : folder);
  }

  /** The journals, to find runs in them: a folder that is named must be there. */
  Journals recorded(Directories directories) {
    if (folder != null && Files.notExists(folder)) {
      throw noFolder(folder, "none");
    }
    return journals(directories);
  }

  /** The option as it was given, for a command line; nothing where it was not. */
  String given() {
    return folder == null ? "" : " --journal " + quoted(folder.toString());
  }

  private static IllegalArgumentException noFolder(Path folder, String found) {
    return new IllegalArgumentException(
        "--journal %s: expected a folder of journals, found %s".formatted(folder, found));
  }

  private static String quoted(String text) {
    return text.matches("[\\w./:@%+,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
