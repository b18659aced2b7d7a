package dev.zhixing.agent.journal;

import dev.zhixing.agent.AgentEvent;
import dev.zhixing.agent.Journal;
import dev.zhixing.agent.JournalEntry;
import dev.zhixing.agent.redaction.Redaction;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * A run's journal in a file. What a model says piece by piece waits until its turn is over, since a
 * secret may lie across several pieces.
 */
final class JournalFile implements Journal {
  private final Path file;
  private final Appender end;
  private final Redaction redaction;
  private final InstantSource clock;
  private final SessionFiles sessions;
  private final List<AgentEvent> pieces = new ArrayList<>();
  private int lines;

  JournalFile(
      Path file,
      Appender end,
      int lines,
      Redaction redaction,
      InstantSource clock,
      SessionFiles sessions) {
    this.file = file;
    this.end = end;
    this.lines = lines;
    this.redaction = redaction;
    this.clock = clock;
    this.sessions = sessions;
  }

  @Override
  public void write(JournalEntry entry) {
    if (entry instanceof JournalEntry.Happened(AgentEvent event) && isPiece(event)) {
      pieces.add(event);
      return;
    }
    writePieces();
    append(entry);
  }

  @Override
  public void keepSession(SessionWriter writer) {
    try {
      sessions.keep(Journals.id(file), file, writer);
    } catch (IOException e) {
      throw JournalException.not("joined by what the model has read", file, e);
    }
  }

  @Override
  public void close() {
    try {
      end.close();
    } catch (IOException e) {
      throw JournalException.not("closed", file, e);
    }
  }

  private static boolean isPiece(AgentEvent event) {
    return event instanceof AgentEvent.Said || event instanceof AgentEvent.Thinking;
  }

  private void writePieces() {
    for (AgentEvent piece : Pieces.redacted(pieces, redaction)) {
      append(new JournalEntry.Happened(piece));
    }
    pieces.clear();
  }

  private void append(JournalEntry entry) {
    byte[] line = Lines.write(lines + 1, clock.instant(), entry, redaction);
    try {
      end.append(line, entry.mustLast());
    } catch (IOException e) {
      throw JournalException.unwritten(file, e);
    }
    lines++;
  }
}
