package dev.zhixing.samples.recipe.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhixing.samples.recipe.Call;
import dev.zhixing.samples.recipe.Draw;
import dev.zhixing.samples.recipe.Numbers;
import dev.zhixing.samples.recipe.Phrasebook;
import dev.zhixing.samples.recipe.Scenario;
import dev.zhixing.samples.recipe.home.HomeBook;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The phrase books of the chains, and calls that several chains make. */
final class ChainBook {

  private static final Phrasebook ENGLISH = Phrasebook.load("chain.en");
  private static final Phrasebook CHINESE = Phrasebook.load("chain.zh");

  private ChainBook() {}

  static String phrase(Draw draw, String section, String... slots) {
    return draw.phrase(draw.isChinese() ? CHINESE : ENGLISH, section, slots);
  }

  static String reply(Draw draw, String section, String... slots) {
    return draw.reply(draw.isChinese() ? CHINESE : ENGLISH, section, slots);
  }

  /** One call a round, in this order. */
  static Scenario steps(Draw draw, String user, String answer, Call... calls) {
    List<List<Call>> rounds = new ArrayList<>();
    for (Call call : calls) {
      rounds.add(List.of(call));
    }
    return Scenario.of(draw.language(), "chain", user, rounds, answer);
  }

  /** All calls in one round. */
  static Scenario together(Draw draw, String user, String answer, List<Call> calls) {
    return Scenario.of(draw.language(), "chain", user, List.of(calls), answer);
  }

  static String dressed(Draw draw, String text, String... keep) {
    return HomeBook.dressed(draw, text, keep);
  }

  static Call calculator(String expression, BigDecimal result) {
    ObjectNode matcher = Draw.arguments();
    matcher.putObject("expression").put("~value", result);
    return Call.of(
            "calculator", Draw.arguments().put("expression", expression), Numbers.digits(result))
        .accepting(matcher);
  }

  /** A call of remember; the number must stand in what is stored. */
  static Call remember(String fact, String needed) {
    ObjectNode matcher = Draw.arguments();
    matcher.set("fact", contains(needed));
    return Call.of("remember", Draw.arguments().put("fact", fact), "{\"ok\":true}")
        .accepting(matcher);
  }

  static JsonNode contains(String... words) {
    ObjectNode node = Draw.arguments();
    var all = node.putArray("~contains");
    for (String word : words) {
      all.add(word);
    }
    return node;
  }
}
