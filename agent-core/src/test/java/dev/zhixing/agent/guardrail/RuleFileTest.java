package dev.zhixing.agent.guardrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class RuleFileTest {

  @Test
  void findsChainsInOrderAndSumsInAnyOrder() {
    RuleFile rules =
        english("MAKE = make | build*", "order: MAKE > cake", "sum: MAKE + river ! dam");

    assertThat(fires(rules, "please make me a cake")).isTrue();
    assertThat(fires(rules, "building a cake")).isTrue();
    assertThat(fires(rules, "the cake that i make")).isFalse();
    assertThat(fires(rules, "make one two three four five six seven eight nine cake")).isFalse();
    assertThat(fires(rules, "the river they make")).isTrue();
    assertThat(fires(rules, "make a dam in the river")).isFalse();
    assertThat(fires(rules, "remake the river")).isFalse();
  }

  @Test
  void readsGroupsGapsEndingsAndLists() {
    RuleFile rules = english("WHO = (my/your) (dear/) friend*", "group: hug .. $WHO (now/today)");

    assertThat(fires(rules, "Hug, if you can, my dear friend today!")).isTrue();
    assertThat(fires(rules, "hug your friends now")).isTrue();
    assertThat(fires(rules, "hug a friend now")).isFalse();
  }

  @Test
  void looksBackFromTheRequestToTheTurnsBefore() {
    RuleFile rules = english("back~ how do i make it + cake");

    assertThat(rules.firing("how do i make it", List.of("what is a cake?"))).isPresent();
    assertThat(rules.firing("thanks", List.of("how do i make it", "a cake"))).isEmpty();
    assertThat(rules.firing("how do i make it, the cake", List.of())).isEmpty();
  }

  @Test
  void readsChineseWithoutSpacesAndWithinASentence() {
    RuleFile rules =
        RuleFile.parse("test", List.of("做 = 做 | 造", "test: 做 > 饭 ! 不做"), Wording.CHINESE);

    assertThat(fires(rules, "请帮我 做 一顿 饭")).isTrue();
    assertThat(fires(rules, "做了。饭")).isFalse();
    assertThat(fires(rules, "我不做饭")).isFalse();
  }

  @Test
  void hearsThatIllIsNotAlwaysSickness() {
    RuleFile rules = english("test: ill");

    assertThat(fires(rules, "I'll be there")).isFalse();
    assertThat(fires(rules, "he is ill")).isTrue();
  }

  @Test
  void saysWhichLineIsWrong() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> english("ok: a + b", "oops"))
        .withMessage("test:2: expected a list, a rule or a comment, found 'oops'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> english("a: (b/c"))
        .withMessageContaining("expected ')'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> english("a: b ! c MISPLACED"))
        .withMessageContaining("expected lower case, found MISPLACED");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> english("a: b + late", "late = c"))
        .withMessageContaining("a name not yet used");
  }

  private static RuleFile english(String... lines) {
    return RuleFile.parse("test", List.of(lines), Wording.ENGLISH);
  }

  private static boolean fires(RuleFile rules, String request) {
    return rules.firing(request, List.of()).isPresent();
  }
}
