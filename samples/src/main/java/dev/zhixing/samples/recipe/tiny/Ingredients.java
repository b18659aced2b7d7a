package dev.zhixing.samples.recipe.tiny;

import dev.zhixing.samples.recipe.Language;
import dev.zhixing.samples.recipe.TypedSituation;
import dev.zhixing.samples.recipe.Weighted;
import dev.zhixing.samples.recipe.calc.CalcSituations;
import dev.zhixing.samples.recipe.chain.ChainSituations;
import dev.zhixing.samples.recipe.code.CodeSituations;
import dev.zhixing.samples.recipe.home.HomeSituations;
import dev.zhixing.samples.recipe.memory.MemorySituations;
import dev.zhixing.samples.recipe.open.HomeUtterances;
import dev.zhixing.samples.recipe.open.LabelledUtterances;
import dev.zhixing.samples.recipe.open.OpenData;
import dev.zhixing.samples.recipe.open.PlainText;
import dev.zhixing.samples.recipe.open.WordProblems;
import dev.zhixing.samples.recipe.search.SearchSituations;
import dev.zhixing.samples.recipe.service.ServiceSituations;
import dev.zhixing.samples.recipe.talk.ClarifySituations;
import dev.zhixing.samples.recipe.talk.TalkSituations;
import dev.zhixing.samples.recipe.unseen.UnseenSituations;
import dev.zhixing.tool.ToolCatalog;
import java.util.ArrayList;
import java.util.List;

/**
 * What goes into the recipe: the suites' situations with their shares, the tools, the plain text.
 *
 * @param scenarios situations by weight
 * @param offer how tools are offered
 * @param text plain text; empty without public data
 */
record Ingredients(ScenarioMix scenarios, ToolOffer offer, PlainText text) {

  /** The tools that the product offers by default, in its order. */
  static final List<String> SHIPPED_TOOLS =
      List.of(
          "calculator",
          "search_documents",
          "run_code",
          "current_time",
          "set_light",
          "set_thermostat",
          "get_sensor",
          "set_lock",
          "set_curtain",
          "set_timer",
          "remember",
          "recall");

  private static final List<String> TEXT_SETS =
      List.of(
          "text-en-commonvoice",
          "text-zh-commonvoice",
          "text-en-iot",
          "text-zh-iot",
          "text-en-textbooks",
          "text-zh-msdocs");

  private static final List<String> UTTERANCE_SETS =
      List.of(
          "utterances-snips",
          "utterances-slurp",
          "utterances-nlu-home",
          "utterances-botframework-skills",
          "utterances-ha-intents",
          "utterances-restaurant8k",
          "utterances-nlupp",
          "utterances-banking77",
          "utterances-clinc150");

  /** Suites with their share of the conversations. */
  private record Suite(double share, List<Weighted> situations) {}

  /** All ingredients; a public set that is not in the folder is left out. */
  static Ingredients from(OpenData data) {
    List<Weighted> all = new ArrayList<>();
    for (Suite suite : suites()) {
      double total = suite.situations().stream().mapToDouble(Weighted::weight).sum();
      for (Weighted weighted : suite.situations()) {
        all.add(new Weighted(weighted.situation(), suite.share() * weighted.weight() / total));
      }
    }
    LabelledUtterances labelled = new LabelledUtterances(data, UTTERANCE_SETS);
    if (labelled.has(Language.EN)) {
      all.add(new Weighted(labelled, 0.07));
    }
    HomeUtterances home = new HomeUtterances(data);
    if (!home.isEmpty()) {
      all.add(new Weighted(home, 0.02));
    }
    WordProblems problems = new WordProblems(data);
    if (!problems.isEmpty()) {
      all.add(new Weighted(problems, 0.02));
    }
    ToolOffer offer = new ToolOffer(ToolCatalog.standard().all(), SHIPPED_TOOLS);
    return new Ingredients(
        new ScenarioMix(all), offer, new PlainText(data, TEXT_SETS, UTTERANCE_SETS));
  }

  private static List<Suite> suites() {
    return List.of(
        new Suite(0.22, HomeSituations.home()),
        new Suite(0.15, ChainSituations.chain()),
        new Suite(0.12, typed(CalcSituations.all())),
        new Suite(0.12, typed(ServiceSituations.all())),
        new Suite(0.07, typed(SearchSituations.all())),
        new Suite(0.05, typed(MemorySituations.all())),
        new Suite(0.05, TalkSituations.chat()),
        new Suite(0.04, TalkSituations.refuse()),
        new Suite(0.05, typed(UnseenSituations.all())),
        new Suite(0.06, CodeSituations.all()),
        new Suite(0.05, ClarifySituations.clarify()),
        new Suite(0.02, ClarifySituations.answered()));
  }

  private static List<Weighted> typed(List<Weighted> situations) {
    return situations.stream()
        .map(w -> new Weighted(new TypedSituation(w.situation()), w.weight()))
        .toList();
  }
}
