package dev.zhixing.samples.eval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads suites: JSON Lines in UTF-8, one task a line; empty lines are skipped. */
public final class SuiteFile {

  // Exact decimals: 0.1 is 0.1 in every comparison, and a result's 45.60 reaches the model as such.
  static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private SuiteFile() {}

  /**
   * Reads all tasks of a file, in order.
   *
   * @throws IllegalArgumentException if there is no such file or a line is no task; the message
   *     names file and line
   * @throws UncheckedIOException if the file cannot be read
   */
  public static List<EvalTask> read(Path file) {
    List<EvalTask> tasks = new ArrayList<>();
    int number = 0;
    try {
      for (String line : Files.readAllLines(file)) {
        number++;
        if (!line.isBlank()) {
          tasks.add(parse(line, file + ":" + number));
        }
      }
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(file + ": no such file; expected a suite of tasks", e);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be read as UTF-8 text", e);
    }
    return List.copyOf(tasks);
  }

  static EvalTask parse(String line, String where) {
    try {
      return EvalTask.parse(JSON.readTree(line));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          where + ": expected one JSON object a line, found " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
    }
  }
}
