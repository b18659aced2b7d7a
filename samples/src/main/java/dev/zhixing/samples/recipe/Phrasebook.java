package dev.zhixing.samples.recipe;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Phrasings read from a resource file and expanded at random. One line is one phrasing; about one
 * line in twelve of every section (chosen by its text, so that it stays the same when lines are
 * added) is kept from training and used only for evaluation.
 *
 * <pre>
 * # a comment
 * &lt;please&gt; = please|pls|could you|                 a rule, usable in all sections of the file (and in later rules)
 * == light.on                                       a section
 * &lt;please&gt; (turn|switch) on the {room} light[s]   (a|b) a choice, [x] optional, {slot} filled in by the caller
 * 3* {room} light on                                 three times as likely
 * </pre>
 *
 * A literal special character is written with a backslash before it. Runs of spaces become one.
 * Immutable.
 */
public final class Phrasebook {

  private static final Pattern SLOT = Pattern.compile("\\{([^}]+)\\}");

  private record Line(String text, int weight) {}

  private record Section(List<Line> training, List<Line> heldOut) {
    List<Line> of(boolean held) {
      return held && !heldOut.isEmpty() ? heldOut : training;
    }
  }

  private final String name;
  private final Map<String, Section> sections = new HashMap<>();

  private Phrasebook(String name) {
    this.name = name;
  }

  /** Reads {@code NAME.phrases}, a resource beside this class, e.g. {@code home.en}. */
  public static Phrasebook load(String name) {
    String file = name + ".phrases";
    try (InputStream in = Phrasebook.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalArgumentException(
            "phrase book: expected the resource " + file + ", found none");
      }
      return parse(
          name,
          new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be read", e);
    }
  }

  static Phrasebook parse(String name, List<String> lines) {
    Phrasebook book = new Phrasebook(name);
    Map<String, String> rules = new HashMap<>();
    Section section = new Section(new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      int equals = line.indexOf("> =");
      if (line.startsWith("<") && equals > 0 && line.indexOf('>') == equals) {
        rules.put(
            line.substring(1, equals),
            substitute(line.substring(equals + 3).strip(), rules, name, i));
      } else if (line.startsWith("== ")) {
        section =
            book.sections.computeIfAbsent(
                line.substring(3).strip(), k -> new Section(new ArrayList<>(), new ArrayList<>()));
      } else {
        add(section, substitute(line, rules, name, i));
      }
    }
    return book;
  }

  private static void add(Section section, String line) {
    int star = line.indexOf("* ");
    int weight = 1;
    String text = line;
    if (star > 0 && line.substring(0, star).chars().allMatch(Character::isDigit)) {
      weight = Integer.parseInt(line.substring(0, star));
      text = line.substring(star + 2).strip();
    }
    boolean held = Math.floorMod(text.hashCode() * 0x9E3779B1, 12) == 0;
    (held ? section.heldOut() : section.training()).add(new Line(text, weight));
    if (held && section.training().isEmpty()) {
      section.training().add(section.heldOut().removeLast());
    }
  }

  private static String substitute(String text, Map<String, String> rules, String name, int line) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int close = text.charAt(at) == '<' ? text.indexOf('>', at) : -1;
      if (close < 0) {
        out.append(text.charAt(at++));
        continue;
      }
      String rule = rules.get(text.substring(at + 1, close));
      if (rule == null) {
        throw new IllegalArgumentException(
            "%s.phrases:%d: expected a rule defined above, found <%s>"
                .formatted(name, line + 1, text.substring(at + 1, close)));
      }
      out.append('(').append(rule).append(')');
      at = close + 1;
    }
    return out.toString();
  }

  /**
   * All slots of a section's lines as name, mark, name, mark …, where a mark is the name between
   * U+0001 and U+0002: for callers that fill slots in later.
   */
  public String[] marks(String section) {
    Section lines = sections.getOrDefault(section, new Section(List.of(), List.of()));
    Set<String> names = new TreeSet<>();
    for (List<Line> some : List.of(lines.training(), lines.heldOut())) {
      some.forEach(line -> SLOT.matcher(line.text()).results().forEach(m -> names.add(m.group(1))));
    }
    return names.stream()
        .flatMap(n -> Stream.of(n, "\u0001" + n + "\u0002"))
        .toArray(String[]::new);
  }

  /** Whether a section has phrasings that training never sees. */
  boolean holdsOut(String section) {
    Section lines = sections.get(section);
    return lines != null && !lines.heldOut().isEmpty();
  }

  public boolean has(String section) {
    return sections.containsKey(section);
  }

  /**
   * One phrasing of a section.
   *
   * @param heldOut true for the phrasings that training never sees (where the section has any)
   * @throws IllegalArgumentException for an unknown section or a slot without a value
   */
  String expand(
      String section, boolean heldOut, Map<String, String> slots, SplittableRandom random) {
    Section lines = sections.get(section);
    if (lines == null) {
      throw new IllegalArgumentException(
          "%s.phrases: expected a section, found no '== %s'".formatted(name, section));
    }
    List<Line> choice = lines.of(heldOut);
    int total = choice.stream().mapToInt(Line::weight).sum();
    int at = random.nextInt(total);
    int i = 0;
    while (at >= choice.get(i).weight()) {
      at -= choice.get(i++).weight();
    }
    String where = name + ".phrases: " + section;
    String text = new PhraseExpansion(choice.get(i).text(), where, slots, random).expand();
    return tidy(text);
  }

  private static String tidy(String text) {
    return text.strip().replaceAll(" {2,}", " ").replaceAll(" ([,.?!;:])", "$1");
  }
}
