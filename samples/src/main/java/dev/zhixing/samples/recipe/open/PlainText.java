package dev.zhixing.samples.recipe.open;

import dev.zhixing.samples.recipe.Draw;
import java.util.ArrayList;
import java.util.List;

/**
 * Plain text for pre-training: passages of a few hundred characters from the public text sets and
 * utterances.
 */
public final class PlainText {

  private static final int LONGEST = 700;

  private final List<String> lines = new ArrayList<>();

  /** Reads the named text sets; sets that are missing count as empty. */
  public PlainText(OpenData data, List<String> textSets, List<String> utteranceSets) {
    for (String set : textSets) {
      lines.addAll(data.lines(set + ".txt"));
    }
    for (String set : utteranceSets) {
      data.records(set).forEach(row -> lines.add(row.path("text").asText()));
    }
    data.records("text-tatoeba-en-zh")
        .forEach(row -> lines.add(row.path("en").asText() + " " + row.path("zh").asText()));
  }

  public boolean isEmpty() {
    return lines.isEmpty();
  }

  /** Consecutive lines, 200 to 700 characters in all. */
  public String sample(Draw draw) {
    int at = draw.random().nextInt(lines.size());
    StringBuilder out = new StringBuilder();
    int wanted = draw.between(200, LONGEST);
    while (out.length() < wanted && at < lines.size()) {
      out.append(out.isEmpty() ? "" : "\n").append(lines.get(at++));
    }
    return out.length() <= LONGEST ? out.toString() : out.substring(0, LONGEST);
  }
}
