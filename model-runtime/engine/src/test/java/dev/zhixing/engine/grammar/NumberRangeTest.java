package dev.zhixing.engine.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhixing.engine.tokenizer.Tokenizer;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NumberRangeTest {
  private static final Tokenizer TOKENIZER = TestVocabulary.tokenizer();

  @Test
  void allowsExactlyTheIntegersOfSmallRanges() {
    Random random = new Random(31);
    for (int round = 0; round < 40; round++) {
      long min = random.nextInt(400) - 200L;
      long max = min + random.nextInt(round % 3 == 0 ? 3 : 250);
      Grammar grammar = Grammar.compile(new Rule.Json(new Schema.Int(min, max)), TOKENIZER);
      for (long value = -450; value <= 450; value++) {
        assertThat(accepts(grammar, Long.toString(value)))
            .as("%d in %d..%d", value, min, max)
            .isEqualTo(value >= min && value <= max);
      }
    }
  }

  @Test
  void allowsExactlyTheIntegersAtTheEdgesOfLargeRanges() {
    Random random = new Random(37);
    for (int round = 0; round < 100; round++) {
      long a = random.nextLong() >> random.nextInt(63);
      long b = random.nextLong() >> random.nextInt(63);
      long min = Math.min(a, b);
      long max = Math.max(a, b);
      Grammar grammar = Grammar.compile(new Rule.Json(new Schema.Int(min, max)), TOKENIZER);
      for (long edge : new long[] {min, max, min / 10, max / 10, 0, random.nextLong()}) {
        for (long value = edge - 2; value <= edge + 2; value++) {
          assertThat(accepts(grammar, Long.toString(value)))
              .as("%d in %d..%d", value, min, max)
              .isEqualTo(value >= min && value <= max);
        }
      }
    }
  }

  @Test
  void allowsTheExtremesOfLong() {
    Grammar grammar =
        Grammar.compile(new Rule.Json(new Schema.Int(Long.MIN_VALUE, Long.MAX_VALUE)), TOKENIZER);

    assertThat(accepts(grammar, "9223372036854775807")).isTrue();
    assertThat(accepts(grammar, "9223372036854775808")).isFalse();
    assertThat(accepts(grammar, "-9223372036854775808")).isTrue();
    assertThat(accepts(grammar, "-9223372036854775809")).isFalse();
  }

  @Test
  void allowsExactlyTheDecimalsOfARange() {
    Random random = new Random(41);
    for (int round = 0; round < 150; round++) {
      BigDecimal a = decimal(random);
      BigDecimal b = decimal(random);
      @Nullable BigDecimal min = random.nextInt(5) == 0 ? null : a.min(b);
      @Nullable BigDecimal max = random.nextInt(5) == 0 ? null : a.max(b);
      Grammar grammar =
          Grammar.compile(new Rule.Json(new Schema.Num(number(min), number(max))), TOKENIZER);
      for (int i = 0; i < 60; i++) {
        BigDecimal value = i % 3 == 0 ? a : i % 3 == 1 ? b : decimal(random);
        value = value.add(BigDecimal.valueOf(random.nextInt(5) - 2, random.nextInt(6)));
        if (value.signum() != 0) {
          assertThat(accepts(grammar, value.toPlainString()))
              .as("%s in %s..%s", value.toPlainString(), min, max)
              .isEqualTo(
                  (min == null || value.compareTo(min) >= 0)
                      && (max == null || value.compareTo(max) <= 0));
        }
      }
    }
  }

  @Test
  void understandsBoundsOfAnySize() {
    assertThat(accepts(number(-0.0, 1e21), "0")).isTrue();
    assertThat(accepts(number(-0.0, 1e21), "-1")).isFalse();
    assertThat(accepts(number(1e-7, null), "0.0000001")).isTrue();
    assertThat(accepts(number(1e-7, null), "0.00000009")).isFalse();
    assertThat(accepts(number(null, -1e14), "-100000000000000")).isTrue();
    assertThat(accepts(number(null, -1e14), "-99999999999999")).isFalse();
    assertThat(accepts(number(10.0, 10.0), "10")).isTrue();
    assertThat(accepts(number(10.0, 10.0), "10.00")).isTrue();
    assertThat(accepts(number(10.0, 10.0), "10.01")).isFalse();
  }

  private static Grammar number(@Nullable Double min, @Nullable Double max) {
    return Grammar.compile(new Rule.Json(new Schema.Num(min, max)), TOKENIZER);
  }

  @Test
  void writesNumbersInOneWay() {
    Grammar number = Grammar.compile(new Rule.Json(new Schema.Num()), TOKENIZER);
    Grammar integer = Grammar.compile(new Rule.Json(new Schema.Int()), TOKENIZER);

    for (String bad :
        List.of(
            "-0",
            "-0.0",
            "00",
            "01",
            "1.",
            ".5",
            "+1",
            "1e3",
            "-",
            "1.2.3",
            "1234567890123456",
            "0.123456789012345")) {
      assertThat(accepts(number, bad)).as(bad).isFalse();
    }
    for (String good :
        List.of("0", "0.0", "-0.01", "10", "1.50", "123456789012345", "0.12345678901234")) {
      assertThat(accepts(number, good)).as(good).isTrue();
    }
    assertThat(accepts(integer, "1.0")).isFalse();
    assertThat(accepts(integer, "999999999999999")).isTrue();
    assertThat(accepts(integer, "1000000000000000")).isFalse();
  }

  @Test
  void goesOnBeyondTheBoundsThatAreGiven() {
    Grammar above = Grammar.compile(new Rule.Json(new Schema.Int(1L << 55, null)), TOKENIZER);
    Grammar below = Grammar.compile(new Rule.Json(new Schema.Int(null, -(1L << 55))), TOKENIZER);

    assertThat(accepts(above, Long.toString(1L << 56))).isTrue();
    assertThat(accepts(below, Long.toString(-(1L << 56)))).isTrue();
  }

  private static BigDecimal decimal(Random random) {
    return BigDecimal.valueOf(random.nextInt(4000) - 2000, random.nextInt(5));
  }

  private static @Nullable Double number(@Nullable BigDecimal value) {
    return value == null ? null : value.doubleValue();
  }

  private static boolean accepts(Grammar grammar, String text) {
    GrammarState state = grammar.start();
    for (int id : TOKENIZER.encode(text)) {
      if (!state.allows(id)) {
        return false;
      }
      state.accept(id);
    }
    return state.isComplete();
  }
}
