package dev.zhixing.samples.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.zhixing.bridge.LocalBranchingModel;
import dev.zhixing.memory.seeded.SeenByTool;
import dev.zhixing.tool.seeded.SeesBridge;
import dev.zhixing.tool.seeded.SeesMemory;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final Pattern MODULE = Pattern.compile("dev\\.zhixing\\.(\\w+).*");

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.zhixing");

  private static final JavaClasses SEEDED =
      new ClassFileImporter().importClasses(SeesMemory.class, SeenByTool.class);

  @Test
  void leavesNeverSeeEachOther() {
    HouseRules.leavesDoNotSeeEachOther().forEach(rule -> rule.allowEmptyShould(true).check(HOUSE));
  }

  @Test
  void findsTheSeededToolThatSeesMemory() {
    ArchRule rule =
        HouseRules.leavesDoNotSeeEachOther().stream()
            .filter(r -> r.getDescription().equals("tools must not see memory"))
            .findFirst()
            .orElseThrow();

    assertThatThrownBy(() -> rule.check(SEEDED))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("SeesMemory");
  }

  @Test
  void agentCoreSeesNoLeaf() {
    HouseRules.agentCoreSeesNoLeaf().check(HOUSE);
  }

  @Test
  void runtimeKnowsNothingOfAgents() {
    HouseRules.runtimeKnowsNothingOfAgents().check(HOUSE);
  }

  @Test
  void onlyTheBridgeSeesAgentsAndTheRuntime() {
    HouseRules.onlyTheBridgeSeesAgentsAndTheRuntime().check(HOUSE);
    HouseRules.theBridgeSeesNoOtherLeaf().check(HOUSE);
  }

  @Test
  void findsTheSeededToolThatSeesTheBridge() {
    JavaClasses seeded =
        new ClassFileImporter().importClasses(SeesBridge.class, LocalBranchingModel.class);

    assertThatThrownBy(() -> HouseRules.onlyTheBridgeSeesAgentsAndTheRuntime().check(seeded))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("SeesBridge");
  }

  @Test
  void engineSeesNoLangChain4j() {
    HouseRules.engineSeesNoLangChain4j().check(HOUSE);
  }

  @Test
  void onlyKernelsSeeTheVectorApi() {
    HouseRules.onlyKernelsSeeTheVectorApi().check(HOUSE);
  }

  @Test
  void packagesHaveNoCycles() {
    HouseRules.packagesHaveNoCycles().check(HOUSE);
  }

  @Test
  void namesSayWhatThingsAre() {
    HouseRules.namesSayWhatThingsAre().check(HOUSE);
  }

  @Test
  void theWholeHouseIsLookedAt() {
    assertThat(
            HOUSE.stream()
                .map(c -> MODULE.matcher(c.getPackageName()).replaceFirst("$1"))
                .distinct())
        .contains(
            "engine",
            "chat",
            "bridge",
            "training",
            "models",
            "agent",
            "planner",
            "tool",
            "memory",
            "samples");
  }
}
