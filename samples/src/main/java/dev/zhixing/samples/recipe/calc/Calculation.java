package dev.zhixing.samples.recipe.calc;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhixing.samples.recipe.Call;
import dev.zhixing.samples.recipe.Draw;
import dev.zhixing.samples.recipe.Numbers;
import dev.zhixing.samples.recipe.Phrasebook;
import dev.zhixing.samples.recipe.Scenario;
import dev.zhixing.samples.recipe.Situation;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sum told in words. A line of the phrase book reads {@code [earlier ## reply ##] text =>
 * expression [=> answer]}; every slot is an {@link Operand}; in the expression {@code «»} stand for
 * parentheses, in a reply or answer {@code {r}} is the result and {@code ⟦…⟧} a value worked out in
 * passing.
 */
final class Calculation implements Situation {

  private static final String OPERANDS = "n N h x m M B p q z d D l half t y e sq f cm kg c k";
  private static final int PLAIN = -1;
  private static final Pattern MARK =
      Pattern.compile("\u0001([a-zA-Z]+[1-9]?)([0_]?)\u0002(?:~([^~]+)~)?");
  private static final Pattern ASIDE = Pattern.compile("⟦([^⟧]*)⟧");

  private final Phrasebook english;
  private final Phrasebook chinese;
  private final String section;

  Calculation(Phrasebook english, Phrasebook chinese, String section) {
    this.english = english;
    this.chinese = chinese;
    this.section = section;
  }

  @Override
  public Scenario sample(Draw draw) {
    Phrasebook book = draw.isChinese() ? chinese : english;
    String[] parts = draw.phrase(book, section, marks()).split("=>", -1);
    if (parts.length < 2) {
      throw new IllegalArgumentException(section + ": expected 'text => expression': " + parts[0]);
    }
    Map<String, Operand> operands = new LinkedHashMap<>();
    String expression = expression(parts[1].replace(" ", ""), operands, draw);
    BigDecimal result = Arithmetic.evaluate(expression);
    String shown = rounded(result);
    String[] turns = parts[0].split("##", -1);
    String slip = turns.length == 1 && draw.chance(0.07) ? slip(parts[0], operands, draw) : "";
    int currency = draw.between(0, 3);
    List<String> spoken = new ArrayList<>();
    for (String turn : turns) {
      String text = slip.isEmpty() ? turn : slip;
      String said =
          say(
              aside(text, operands, draw),
              operands,
              draw,
              spoken.size() % 2 == 1 ? PLAIN : currency);
      spoken.add(said.replace('«', '(').replace('»', ')').strip());
    }
    String reply = parts.length > 2 ? parts[2] : draw.reply(book, "answer", "r", "\u0001r\u0002");
    String about = shown.equals(Numbers.digits(result)) ? "" : draw.say("about ", "约");
    String answer = say(aside(reply, operands, draw), operands, draw, PLAIN).strip();
    answer = answer.replace("\u0001r\u0002", about + shown).replaceAll("(是|有|等于)约", "约$1");
    ObjectNode arguments = Draw.arguments().put("expression", expression);
    ObjectNode matcher = Draw.arguments();
    matcher.set("expression", matcher(result, shown));
    Call call = Call.of("calculator", arguments, Numbers.digits(result)).accepting(matcher);
    String user = spoken.removeLast();
    return Scenario.of(draw.language(), "calc", user, List.of(List.of(call)), capital(answer))
        .withHistory(spoken.toArray(String[]::new))
        .answering(Numbers.digits(result) + "|" + shown);
  }

  private static String[] marks() {
    List<String> out = new ArrayList<>(List.of("r", "\u0001r\u0002"));
    for (String name : OPERANDS.split(" ", -1)) {
      for (String suffix : List.of("", "2", "3", "4", "5")) {
        for (String bare : List.of("", "0", "_")) {
          out.add(name + suffix + bare);
          out.add("\u0001" + name + suffix + bare + "\u0002");
        }
      }
    }
    return out.toArray(String[]::new);
  }

  private static Operand operand(String slot, Map<String, Operand> operands, Draw draw) {
    Operand known = operands.get(slot);
    if (known == null) {
      known = Operand.draw(slot, draw);
      operands.put(slot, known);
    }
    return known;
  }

  private static String expression(String template, Map<String, Operand> operands, Draw draw) {
    return MARK.matcher(template.replace('«', '(').replace('»', ')'))
        .replaceAll(m -> operand(m.group(1), operands, draw).inExpression())
        .replaceAll("^\\((-?[\\d.]+)\\)", "$1");
  }

  private static String aside(String text, Map<String, Operand> operands, Draw draw) {
    return ASIDE
        .matcher(text)
        .replaceAll(m -> rounded(Arithmetic.evaluate(expression(m.group(1), operands, draw))));
  }

  private static String say(String text, Map<String, Operand> operands, Draw draw, int currency) {
    return MARK.matcher(text)
        .replaceAll(
            m -> {
              if (m.group(1).equals("r")) {
                return Matcher.quoteReplacement(m.group());
              }
              Operand operand = operand(m.group(1), operands, draw);
              String measure = m.group(3);
              String said =
                  measure != null && currency != PLAIN
                      ? Numbers.counted(operand.value(), measure, draw)
                      : m.group(2).equals("_") || currency == PLAIN
                          ? operand.plain(draw)
                          : m.group(2).isEmpty() ? operand.say(draw, currency) : operand.bare(draw);
              return Matcher.quoteReplacement(said);
            });
  }

  /** The text with one number said wrong first and then put right; empty if that does not work. */
  private String slip(String text, Map<String, Operand> operands, Draw draw) {
    List<String> marks = new ArrayList<>();
    Matcher matcher = MARK.matcher(text);
    while (matcher.find()) {
      boolean symbol = matcher.group(2).equals("_");
      if (matcher.group(3) == null
          && !symbol
          && !"zfct".contains(matcher.group(1).replaceAll("\\d", ""))) {
        marks.add(matcher.group());
      }
    }
    if (marks.isEmpty()) {
      return "";
    }
    String mark = marks.getLast();
    String slot = mark.replaceAll("[\u0001\u0002]|[0_](?=\u0002)", "");
    Operand right = operand(slot, operands, draw);
    Operand wrong = right.other(draw);
    Phrasebook book = draw.isChinese() ? chinese : english;
    if (draw.chance(0.5)) {
      String fix =
          draw.phrase(
              book, "slip.inside", "wrong", wrong.say(draw, 0), "right", right.say(draw, 0));
      return text.replace(mark, fix);
    }
    String tail =
        draw.phrase(book, "slip.behind", "wrong", wrong.bare(draw), "right", right.bare(draw));
    return text.strip().replaceAll("[?.？。]$", "").replace(mark, wrong.say(draw, 0)) + tail;
  }

  /** Up to four decimals as they are, more are cut down to two. */
  static String rounded(BigDecimal n) {
    BigDecimal cut = n.stripTrailingZeros();
    boolean small = n.abs().compareTo(BigDecimal.ONE) < 0;
    return Numbers.digits(
        cut.scale() <= 4 ? cut : cut.setScale(small ? 4 : 2, RoundingMode.HALF_UP));
  }

  private static com.fasterxml.jackson.databind.JsonNode matcher(BigDecimal result, String shown) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    ObjectNode exact = json.objectNode().put("~value", result);
    if (shown.equals(Numbers.digits(result))) {
      return exact;
    }
    ObjectNode any = json.objectNode();
    any.putArray("~any").add(exact).add(json.objectNode().put("~value", new BigDecimal(shown)));
    return any;
  }

  private static String capital(String answer) {
    return answer.isEmpty()
        ? answer
        : Character.toUpperCase(answer.charAt(0)) + answer.substring(1);
  }
}
