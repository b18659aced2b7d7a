package dev.zhixing.samples.eval;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "It is 48. | 48",
        "48 | 48",
        "It is 48.0 | 48",
        "共1,234元 | 1234",
        "1234 | 1,234",
        "1,234,567.50 | 1234567.5",
        "45.60 EUR | 45.6",
        "45.6 | 45.60",
        "It is -3.5 °C | -3.5",
        "It is −3.5 °C | -3.5",
        "订单１０４ | 104",
        "3, 456 and 7 | 456",
        "room 12A | 12",
        "it costs 5,000,00 | 5000",
      })
  void findsANumberByItsValue(String answer, String number) {
    assertThat(new AnswerText(answer).contains(number)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "148 | 48",
        "480 | 48",
        "48.5 | 48",
        "0.48 | 48",
        "1,048 | 48",
        "48,100 | 48",
        "3.5 | -3.5",
        "none | 48",
        "'' | 0",
      })
  void doesNotFindANumberInsideALongerOne(String answer, String number) {
    assertThat(new AnswerText(answer).contains(number)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "The KITCHEN light is on. | kitchen | true",
        "厨房的灯已打开 | 厨房 | true",
        "I can’t do that. | can't | true",
        "on 3/27 | 3/27 | true",
        "on 13/27 | 3/27 | false",
        "at 18:05 | 18:05 | true",
        "at 18:055 | 18:05 | false",
        "12 August | 12 aug | true",
        "112 August | 12 aug | false",
        "1,200 km | 1200 km | true",
        "5kg | 5 kg | false",
      })
  void findsTextInAnyCase(String answer, String text, boolean expected) {
    assertThat(new AnswerText(answer).contains(text)).isEqualTo(expected);
  }
}
