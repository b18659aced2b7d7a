package dev.zhixing.samples.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class NumbersTest {

  @Test
  void countsInEnglishWords() {
    assertThat(Numbers.words(0, Language.EN)).isEqualTo("zero");
    assertThat(Numbers.words(2805, Language.EN)).isEqualTo("two thousand eight hundred and five");
    assertThat(Numbers.words(29004, Language.EN)).isEqualTo("twenty-nine thousand and four");
  }

  @Test
  void countsInChineseWords() {
    assertThat(Numbers.words(22, Language.ZH)).isEqualTo("二十二");
    assertThat(Numbers.words(12, Language.ZH)).isEqualTo("十二");
    assertThat(Numbers.words(702, Language.ZH)).isEqualTo("七百零二");
    assertThat(Numbers.words(110, Language.ZH)).isEqualTo("一百一十");
    assertThat(Numbers.words(20_010, Language.ZH)).isEqualTo("两万零一十");
    assertThat(Numbers.words(23_000, Language.ZH)).isEqualTo("两万三千");
  }

  @Test
  void knowsTheShortFormsOfBothLanguages() {
    assertThat(forms(Language.EN, d -> Numbers.say(2800, d)))
        .contains("2800", "2,800", "2.8k", "twenty-eight hundred", "two thousand eight hundred");
    assertThat(forms(Language.ZH, d -> Numbers.say(3600, d))).contains("3600", "三千六", "三千六百");
    assertThat(forms(Language.ZH, d -> Numbers.say(48_000, d))).contains("四万八", "4.8万");
    assertThat(forms(Language.EN, d -> Numbers.say(new BigDecimal("2.5"), d)))
        .contains("two and a half", "2½", "two point five");
  }

  @Test
  void saysSharesDiscountsMeasuresAndMoney() {
    assertThat(forms(Language.ZH, d -> Numbers.percent(BigDecimal.valueOf(17), d)))
        .contains("17%", "百分之十七");
    assertThat(forms(Language.ZH, d -> Numbers.zhe(new BigDecimal("8.5"), d)))
        .contains("八五折", "85折", "8.5折");
    assertThat(forms(Language.ZH, d -> Numbers.counted(new BigDecimal("3.5"), "箱", d)))
        .contains("三箱半", "3.5箱");
    assertThat(forms(Language.ZH, d -> Numbers.counted(new BigDecimal("4.5"), "个小时", d)))
        .contains("四个半小时");
    assertThat(forms(Language.ZH, d -> Numbers.money(new BigDecimal("36.5"), d)))
        .contains("36块5", "三十六块五", "36.5元");
    assertThat(forms(Language.EN, d -> Numbers.count(12, d))).contains("a dozen", "12", "twelve");
  }

  private static Set<String> forms(Language language, Function<Draw, String> say) {
    Set<String> out = new HashSet<>();
    for (int seed = 0; seed < 400; seed++) {
      out.add(say.apply(new Draw(seed, language, false)));
    }
    return out;
  }
}
