package dev.zhixing.samples.recipe.search;

import dev.zhixing.samples.recipe.Draw;
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

/** Cities and countries with their time zones, in both languages, from {@code zones.list}. */
final class Zones {

  /** A place as it is called, and its IANA zone. */
  record Place(String name, String zone) {}

  private final List<Place> english = new ArrayList<>();
  private final List<Place> chinese = new ArrayList<>();

  static Zones load() {
    Zones zones = new Zones();
    try (InputStream in =
            Objects.requireNonNull(Phrasebook.class.getResourceAsStream("zones.list"));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      lines.lines().filter(l -> !l.startsWith("#") && !l.isBlank()).forEach(zones::add);
    } catch (IOException e) {
      throw new UncheckedIOException("zones.list: cannot be read", e);
    }
    return zones;
  }

  private void add(String line) {
    String[] columns = line.split("\\|", -1);
    String zone = columns[0].strip();
    for (String name : columns[1].split(",", -1)) {
      english.add(new Place(name.strip(), zone));
    }
    for (String name : columns[2].split(",", -1)) {
      chinese.add(new Place(name.strip(), zone));
    }
  }

  Place draw(Draw draw) {
    return draw.pick(draw.isChinese() ? chinese : english);
  }
}
