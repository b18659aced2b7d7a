package dev.zhixing.samples.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Asks on standard error and reads a line of standard input. One thread at a time. */
final class LinePrompt implements Prompt {

  private final BufferedReader in;
  private final PrintStream err;

  LinePrompt(Surroundings surroundings) {
    in = new BufferedReader(new InputStreamReader(surroundings.in(), StandardCharsets.UTF_8));
    err = surroundings.err();
  }

  @Override
  public @Nullable String ask(String question) {
    err.print(question);
    err.flush();
    try {
      return in.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException("standard input: cannot be read", e);
    }
  }
}
