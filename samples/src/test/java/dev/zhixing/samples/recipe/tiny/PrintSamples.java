package dev.zhixing.samples.recipe.tiny;

import dev.zhixing.samples.recipe.Call;
import dev.zhixing.samples.recipe.Draw;
import dev.zhixing.samples.recipe.Language;
import dev.zhixing.samples.recipe.Scenario;
import dev.zhixing.samples.recipe.Weighted;
import dev.zhixing.samples.recipe.chain.ChainSituations;
import dev.zhixing.samples.recipe.home.HomeSituations;
import dev.zhixing.samples.recipe.talk.ClarifySituations;
import dev.zhixing.samples.recipe.talk.TalkSituations;
import java.util.List;
import java.util.Locale;

/** Prints scenarios to be read: {@code PrintSamples SUITE LANGUAGE COUNT [SEED]}. */
final class PrintSamples {

  private PrintSamples() {}

  public static void main(String[] args) {
    Language language = args[1].equals("zh") ? Language.ZH : Language.EN;
    long seed = args.length > 3 ? Long.parseLong(args[3]) : 1;
    ScenarioMix mix = new ScenarioMix(suite(args[0]));
    for (int i = 0; i < Integer.parseInt(args[2]); i++) {
      Draw draw = new Draw(seed * 1_000_003 + i, language, false);
      print(mix.sample(draw));
    }
  }

  static List<Weighted> suite(String name) {
    return switch (name) {
      case "home" -> HomeSituations.home();
      case "clarify" -> ClarifySituations.clarify();
      case "answered" -> ClarifySituations.answered();
      case "chat" -> TalkSituations.chat();
      case "refuse" -> TalkSituations.refuse();
      case "chain" -> ChainSituations.chain();
      default -> throw new IllegalArgumentException("suite: found " + name);
    };
  }

  private static void print(Scenario scenario) {
    for (String turn : scenario.history()) {
      System.out.println("   H " + turn);
    }
    System.out.println("U " + scenario.user());
    for (List<Call> round : scenario.rounds()) {
      StringBuilder line = new StringBuilder("   ");
      for (Call call : round) {
        line.append(call.tool())
            .append(call.arguments())
            .append(" → ")
            .append(call.result())
            .append("  ");
      }
      System.out.println(line.toString().replace("\n", "\\n"));
    }
    if (!scenario.withheld().isEmpty()) {
      System.out.println("   without " + scenario.withheld());
    }
    System.out.println("   A " + scenario.answer());
    String answer = scenario.answer().toLowerCase(Locale.ROOT);
    for (List<String> any : scenario.answerContains()) {
      if (any.stream().noneMatch(a -> answer.contains(a.toLowerCase(Locale.ROOT)))) {
        System.out.println("   MISSING " + any);
      }
    }
  }
}
