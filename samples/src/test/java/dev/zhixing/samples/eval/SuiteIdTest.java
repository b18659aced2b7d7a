package dev.zhixing.samples.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuiteIdTest {

  private static final String A = "{\"id\":\"a\",\"lang\":\"en\",\"suite\":\"s\",\"user\":\"hi\"}";
  private static final String B = "{\"id\":\"b\",\"lang\":\"en\",\"suite\":\"s\",\"user\":\"hi\"}";

  @Test
  void isTheSameHoweverATaskIsWrittenDown() {
    String spaced = "{ \"user\": \"hi\", \"suite\": \"s\", \"lang\": \"en\",   \"id\": \"a\" }";

    assertThat(SuiteId.of(tasks(A, B))).isEqualTo(SuiteId.of(tasks(spaced, B)));
  }

  @Test
  void isAnotherForOtherWordsAndAnotherOrder() {
    SuiteId known = SuiteId.of(tasks(A, B));

    assertThat(SuiteId.of(tasks(A.replace("hi", "ho"), B))).isNotEqualTo(known);
    assertThat(SuiteId.of(tasks(B, A))).isNotEqualTo(known);
    assertThat(SuiteId.of(tasks(A))).isNotEqualTo(known);
  }

  @Test
  void refusesWhatIsNoDigest() {
    assertThatThrownBy(() -> new SuiteId("none", 1)).hasMessageContaining("64 hexadecimal digits");
  }

  private static List<EvalTask> tasks(String... lines) {
    return Arrays.stream(lines).map(line -> SuiteFile.parse(line, "test")).toList();
  }
}
