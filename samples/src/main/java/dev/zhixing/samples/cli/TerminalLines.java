package dev.zhixing.samples.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Lines that a person types on a terminal, with line editing and a history of what was typed.
 * Ctrl-C gives up a line, which is empty then; while no line is asked for it does what was set.
 */
final class TerminalLines implements Prompt, AutoCloseable {

  private final Terminal terminal;
  private final LineReader reader;

  /** Opens the system's terminal; {@code interrupt} runs at Ctrl-C on a thread of its own. */
  TerminalLines(Directories directories, Runnable interrupt) {
    try {
      terminal = TerminalBuilder.builder().name("zhixing").system(true).build();
    } catch (IOException e) {
      throw new UncheckedIOException("terminal: cannot be opened", e);
    }
    reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .variable(LineReader.HISTORY_FILE, directories.typedLines())
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .build();
    terminal.handle(Terminal.Signal.INT, signal -> interrupt.run());
  }

  @Override
  public @Nullable String ask(String question) {
    try {
      return reader.readLine(question);
    } catch (UserInterruptException e) {
      return "";
    } catch (EndOfFileException e) {
      return null;
    }
  }

  @Override
  public void close() {
    try {
      terminal.close();
    } catch (IOException e) {
      throw new UncheckedIOException("terminal: cannot be closed", e);
    }
  }
}
