package dev.zhixing.agent.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Java process of its own, with this one's class path, whose output goes to a file. */
record ChildJvm(Process process, Path file) {
  /** How long to wait for a process that was perhaps stopped for two minutes meanwhile. */
  private static final int SECONDS = 240;

  static ChildJvm start(Class<?> main, Path output, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(arguments);
    return new ChildJvm(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start(),
        output);
  }

  /** Its exit value, waited for. */
  int exitValue() throws InterruptedException, IOException {
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("expected the end of a process, found none; it wrote " + output());
    }
    return process.exitValue();
  }

  String output() throws IOException {
    return Files.readString(file);
  }
}
