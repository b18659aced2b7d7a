package dev.zhixing.samples.eval;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhixing.agent.redaction.Redaction;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes what the agent did, one {@code {"id", "calls", "answer"}} a line, each as soon as its task
 * is done, secrets taken out. One thread.
 */
public final class Predictions implements AutoCloseable {

  private final Path file;
  private final BufferedWriter out;

  /**
   * Opens a new file; one that is there is replaced.
   *
   * @throws UncheckedIOException if it cannot be written
   */
  public Predictions(Path file) {
    this.file = file;
    try {
      out = Files.newBufferedWriter(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be written; does its folder exist?", e);
    }
  }

  /** Adds a line. */
  public void write(String id, Outcome outcome) {
    try {
      out.write(Redaction.standard().of(json(id, outcome)).toString());
      out.newLine();
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be written", e);
    }
  }

  static ObjectNode json(String id, Outcome outcome) {
    ObjectNode line = SuiteFile.JSON.createObjectNode().put("id", id);
    ArrayNode calls = line.putArray("calls");
    for (MadeCall call : outcome.calls()) {
      calls.addObject().put("tool", call.tool()).set("arguments", call.arguments());
    }
    return line.put("answer", outcome.answer());
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be written", e);
    }
  }
}
