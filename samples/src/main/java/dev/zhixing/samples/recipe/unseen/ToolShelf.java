package dev.zhixing.samples.recipe.unseen;

import dev.zhixing.samples.recipe.Phrasebook;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The hand-written tools of one language and their phrasings. Immutable. */
final class ToolShelf {

  private final Phrasebook book;
  private final List<ToolTemplate> tools;

  private ToolShelf(Phrasebook book, List<ToolTemplate> tools) {
    this.book = book;
    this.tools = List.copyOf(tools);
  }

  static ToolShelf load(String name) {
    List<ToolTemplate> tools = new ArrayList<>();
    String file = name + ".phrases";
    try (InputStream in = Objects.requireNonNull(Phrasebook.class.getResourceAsStream(file), file);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      String section = "";
      for (String line : lines.lines().toList()) {
        if (line.startsWith("== ")) {
          section = line.substring(3).strip();
        } else if (line.startsWith("#@ ")) {
          tools.add(ToolTemplate.parse(section, line.substring(3)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be read", e);
    }
    return new ToolShelf(Phrasebook.load(name), tools);
  }

  Phrasebook book() {
    return book;
  }

  List<ToolTemplate> tools() {
    return tools;
  }

  /** The tools that can be asked for. */
  List<ToolTemplate> asked() {
    return tools.stream().filter(t -> book.has(t.section())).toList();
  }

  List<ToolTemplate> siblings(ToolTemplate tool) {
    return tools.stream().filter(t -> t.family().equals(tool.family()) && !t.equals(tool)).toList();
  }
}
