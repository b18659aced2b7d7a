package dev.zhixing.samples.recipe.open;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * A folder of public data sets, gzip-compressed lines. A file that is not there counts as empty.
 */
public final class OpenData {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;

  public OpenData(Path folder) {
    this.folder = folder;
  }

  /** The lines of {@code NAME.gz}; empty where the file is missing. */
  public List<String> lines(String name) {
    Path file = folder.resolve(name + ".gz");
    if (!Files.exists(file)) {
      return List.of();
    }
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException | UncheckedIOException e) {
      throw new UncheckedIOException(
          file + ": expected gzip-compressed UTF-8 lines; is the file whole?", asIo(e));
    }
  }

  /** The records of {@code NAME.jsonl.gz}. */
  List<JsonNode> records(String name) {
    List<JsonNode> out = new ArrayList<>();
    for (String line : lines(name + ".jsonl")) {
      try {
        out.add(JSON.readTree(line));
      } catch (IOException e) {
        throw new UncheckedIOException(name + ": expected a JSON object a line, found " + line, e);
      }
    }
    return out;
  }

  private static IOException asIo(Exception e) {
    return e instanceof IOException io ? io : new IOException(e);
  }
}
