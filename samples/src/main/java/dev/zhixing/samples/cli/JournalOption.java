package dev.zhixing.samples.cli;

import dev.zhixing.agent.journal.Journals;
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

  Journals journals(Directories directories) {
    return new Journals(folder == null ? directories.runs() : folder);
  }
}
