package dev.zhixing.samples.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of one scenario, with slots that are drawn when first met. In the lines of a phrase
 * book {@code ‹…›} marks words that are copied into an argument, {@code {!name=value}} sets an
 * argument without saying it, {@code ##} parts turns, {@code «»} and {@code ⟦⟧} stand for braces
 * and brackets, {@code =>} parts columns. One scenario, one thread.
 */
public final class Script {

  private static final Pattern MARK = Pattern.compile("\u0001([^\u0002]+)\u0002");
  private static final Pattern SPAN = Pattern.compile("‹(?:(\\w+):)?([^›]*)›");

  /** Draws the value of a slot, by its name. */
  @FunctionalInterface
  public interface Source {
    Value draw(String slot, Draw draw);
  }

  private final Phrasebook book;
  private final Draw draw;
  private final Source source;
  private final Map<String, Value> values = new LinkedHashMap<>();
  private final Map<String, JsonNode> set = new LinkedHashMap<>();
  private final Map<String, List<String>> spans = new LinkedHashMap<>();

  public Script(Phrasebook book, Draw draw, Source source) {
    this.book = book;
    this.draw = draw;
    this.source = source;
  }

  /** The columns of one line of a section, slots not yet filled in. */
  public String[] line(String section) {
    return draw.phrase(book, section, book.marks(section)).split("\\s*=>\\s*", -1);
  }

  /** The columns of one line, drawn among all lines. */
  public String[] reply(String section) {
    return draw.reply(book, section, book.marks(section)).split("\\s*=>\\s*", -1);
  }

  /**
   * The turns of a talk as the user says them; spans go to {@code argument} unless they name one.
   */
  public List<String> say(String text, String argument) {
    List<String> turns = new ArrayList<>();
    for (String turn : text.split("##", -1)) {
      boolean assistant = turns.size() % 2 == 1;
      String filled = fill(turn, !assistant).strip();
      turns.add(
          SPAN.matcher(filled)
              .replaceAll(
                  m -> {
                    String name = m.group(1) == null ? argument : m.group(1);
                    spans.computeIfAbsent(name, k -> new ArrayList<>()).add(m.group(2).strip());
                    return Matcher.quoteReplacement(m.group(2));
                  })
              .replaceAll(" {2,}", " ")
              .replaceAll("(\\d{4}-\\d\\d-\\d\\d)(?=\\d)", "$1 ")
              .strip());
    }
    return turns;
  }

  /** A result or an answer: values as they are shown. */
  public String show(String text) {
    return json(fill(text, false)).strip();
  }

  private static String json(String text) {
    return text.replace('«', '{').replace('»', '}').replace('⟦', '[').replace('⟧', ']');
  }

  private String fill(String text, boolean said) {
    return MARK.matcher(text)
        .replaceAll(
            m -> {
              String slot = m.group(1);
              if (slot.startsWith("!")) {
                int equals = slot.indexOf('=');
                set.put(slot.substring(1, equals), constant(slot.substring(equals + 1)));
                return "";
              }
              Value value = value(slot);
              return Matcher.quoteReplacement(said ? value.said() : value.shown());
            });
  }

  /** The value of a slot, drawn when first asked for. */
  public Value value(String slot) {
    Value known = values.get(slot);
    if (known == null) {
      known = source.draw(slot, draw);
      values.put(slot, known);
    }
    return known;
  }

  /** Another value for a slot from now on. */
  public void change(String slot, Value value) {
    set.remove(slot);
    values.put(slot, value);
  }

  private static JsonNode constant(String text) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    if (text.equals("true") || text.equals("false")) {
      return json.booleanNode(text.equals("true"));
    }
    if (text.matches("-?\\d{1,9}")) {
      return json.numberNode(Integer.parseInt(text));
    }
    return text.matches("-?\\d+\\.\\d+")
        ? json.numberNode(Double.parseDouble(text))
        : json.textNode(text);
  }

  /** The arguments that were said so far, of these parameters in this order. */
  public ObjectNode arguments(List<String> parameters) {
    ObjectNode out = Draw.arguments();
    for (String name : parameters) {
      List<String> words = spans.get(name);
      JsonNode fixed = set.get(name);
      Value value = values.get(name);
      if (words != null) {
        out.put(name, String.join(" ", words));
      } else if (fixed != null) {
        out.set(name, fixed);
      } else if (value != null) {
        out.set(name, value.json());
      }
    }
    return out;
  }
}
