package dev.zhixing.samples.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Who may see whom, see the module picture in the README. */
final class HouseRules {

  private static final String[] RUNTIME = {
    "dev.zhixing.engine..", "dev.zhixing.chat..", "dev.zhixing.training..", "dev.zhixing.models.."
  };

  /** The leaves: they never see each other. */
  private static final Map<String, String[]> LEAVES =
      Map.of(
          "tools", new String[] {"dev.zhixing.tool.."},
          "memory", new String[] {"dev.zhixing.memory.."},
          "planners", new String[] {"dev.zhixing.planner.."},
          "model-runtime", RUNTIME);

  private HouseRules() {}

  /** A rule for each pair of leaves. */
  static List<ArchRule> leavesDoNotSeeEachOther() {
    List<ArchRule> rules = new ArrayList<>();
    LEAVES.forEach(
        (name, packages) ->
            LEAVES.forEach(
                (other, seen) -> {
                  if (!name.equals(other)) {
                    rules.add(
                        noClasses()
                            .that()
                            .resideInAnyPackage(packages)
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(seen)
                            .as(name + " must not see " + other));
                  }
                }));
    return rules;
  }

  static ArchRule agentCoreSeesNoLeaf() {
    return noClasses()
        .that()
        .resideInAPackage("dev.zhixing.agent..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.zhixing.engine..",
            "dev.zhixing.chat..",
            "dev.zhixing.training..",
            "dev.zhixing.models..",
            "dev.zhixing.tool..",
            "dev.zhixing.memory..",
            "dev.zhixing.planner..",
            "dev.zhixing.samples..");
  }

  static ArchRule runtimeKnowsNothingOfAgents() {
    return noClasses()
        .that()
        .resideInAnyPackage(RUNTIME)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.zhixing.agent..");
  }

  /** The bridge alone sees both agents and the runtime; nobody below the samples sees it. */
  static ArchRule onlyTheBridgeSeesAgentsAndTheRuntime() {
    List<String> others = new ArrayList<>(List.of("dev.zhixing.agent.."));
    LEAVES.values().forEach(packages -> others.addAll(List.of(packages)));
    return noClasses()
        .that()
        .resideInAnyPackage(others.toArray(new String[0]))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.zhixing.bridge..");
  }

  static ArchRule theBridgeSeesNoOtherLeaf() {
    return noClasses()
        .that()
        .resideInAPackage("dev.zhixing.bridge..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.zhixing.tool..", "dev.zhixing.memory..", "dev.zhixing.planner..");
  }

  static ArchRule engineSeesNoLangChain4j() {
    return noClasses()
        .that()
        .resideInAnyPackage("dev.zhixing.engine..", "dev.zhixing.training..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.langchain4j..", "com.fasterxml.jackson.databind..");
  }

  static ArchRule onlyKernelsSeeTheVectorApi() {
    return noClasses()
        .that()
        .resideOutsideOfPackage("..kernel..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jdk.incubator.vector..");
  }

  static ArchRule packagesHaveNoCycles() {
    return slices().matching("dev.zhixing.(**)").should().beFreeOfCycles();
  }

  static ArchRule namesSayWhatThingsAre() {
    return noClasses()
        .should()
        .haveNameMatching(".*\\.(Abstract|Default)[A-Z]\\w*|.*(Manager|Utils?|Helper|Impl)")
        .orShould()
        .resideInAnyPackage("..util..", "..helper..", "..common..", "..impl..");
  }
}
