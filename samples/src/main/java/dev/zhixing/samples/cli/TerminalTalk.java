package dev.zhixing.samples.cli;

import dev.zhixing.agent.AgentBuilder;
import dev.zhixing.agent.AgentListener;
import dev.zhixing.agent.Conversation;
import dev.zhixing.agent.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/** A conversation on a terminal, with line editing and a history of what was typed. */
final class TerminalTalk {

  private final Surroundings surroundings;
  private final AgentListener printer;
  private volatile @Nullable Run running;

  TerminalTalk(Surroundings surroundings, AgentListener printer) {
    this.surroundings = surroundings;
    this.printer = printer;
  }

  /** Talks until the person ends it. */
  int run(AgentBuilder builder) {
    try (Terminal terminal = TerminalBuilder.builder().name("zhixing").system(true).build()) {
      LineReader reader =
          LineReaderBuilder.builder()
              .terminal(terminal)
              .variable(LineReader.HISTORY_FILE, surroundings.directories().typedLines())
              .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
              .build();
      terminal.handle(Terminal.Signal.INT, signal -> stopAnswer());
      builder.approver(new AskingApprover(question -> ask(reader, question)));
      Conversation conversation = builder.build().converse();
      surroundings.out().println("Ask away. Ctrl-C stops an answer, Ctrl-D ends the talk.");
      for (String line = ask(reader, "> "); line != null; line = ask(reader, "> ")) {
        if (!line.isBlank()) {
          answer(conversation, line.strip());
        }
      }
      return ExitStatus.ANSWERED;
    } catch (IOException e) {
      throw new UncheckedIOException("terminal: cannot be opened", e);
    }
  }

  private void answer(Conversation conversation, String request) {
    Run run = conversation.start(request, printer);
    running = run;
    try {
      Endings.explain(run.await(), surroundings.err(), false);
    } finally {
      running = null;
    }
  }

  private void stopAnswer() {
    Run run = running;
    if (run != null) {
      run.cancel();
    }
  }

  /** A line; an empty one where it was given up with Ctrl-C; null at the end. */
  private static @Nullable String ask(LineReader reader, String question) {
    try {
      return reader.readLine(question);
    } catch (UserInterruptException e) {
      return "";
    } catch (EndOfFileException e) {
      return null;
    }
  }
}
