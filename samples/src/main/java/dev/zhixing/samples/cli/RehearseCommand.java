package dev.zhixing.samples.cli;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * Runs what users run most, without showing it: the launcher archives the classes that this loads,
 * so that later starts find them ready.
 */
@Command(name = "rehearse", hidden = true, description = "Warms up the launcher's class archive.")
final class RehearseCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  RehearseCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Surroundings alone =
        new Surroundings(
            surroundings.directories(),
            InputStream.nullInputStream(),
            nowhere,
            nowhere,
            false,
            true,
            true,
            surroundings.models());
    Program.run(alone, "tool", "calculator", "{\"expression\":\"2350*17%\"}");
    Program.run(alone, "home");
    Program.run(alone, "agent", "What is 17% of 2350, then turn on the living room lights?");
    Program.run(alone, "agent", "--json", "2350的17%是多少？然后把客厅的灯打开");
    return ExitStatus.ANSWERED;
  }
}
