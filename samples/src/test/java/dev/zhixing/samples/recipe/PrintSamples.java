package dev.zhixing.samples.recipe;

import dev.zhixing.samples.recipe.home.HomeSituations;
import java.util.List;

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
      case "clarify" -> dev.zhixing.samples.recipe.talk.ClarifySituations.clarify();
      case "answered" -> dev.zhixing.samples.recipe.talk.ClarifySituations.answered();
      case "chat" -> dev.zhixing.samples.recipe.talk.TalkSituations.chat();
      case "refuse" -> dev.zhixing.samples.recipe.talk.TalkSituations.refuse();
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
  }
}
