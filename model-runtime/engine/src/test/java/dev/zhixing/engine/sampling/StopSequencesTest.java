package dev.zhixing.engine.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StopSequencesTest {

  @Test
  void holdsBackWhatMayBecomeAStopString() {
    StopStream stream = StopSequences.of(List.of("</s>")).stream();

    assertThat(stream.feed("a < b </")).isEqualTo("a < b ");
    assertThat(stream.feed("b")).isEqualTo("</b");
    assertThat(stream.feed("</")).isEmpty();
    assertThat(stream.feed("s")).isEmpty();
    assertThat(stream.feed("> and more")).isEmpty();
    assertThat(stream.isStopped()).isTrue();
    assertThat(stream.stop()).isEqualTo("</s>");
    assertThat(stream.feed("nothing")).isEmpty();
    assertThat(stream.finish()).isEmpty();
  }

  @Test
  void showsWhatWasHeldBackWhereTheTextEnds() {
    StopStream stream = StopSequences.of(List.of("\n\n")).stream();

    assertThat(stream.feed("line\n")).isEqualTo("line");
    assertThat(stream.finish()).isEqualTo("\n");
    assertThat(stream.isStopped()).isFalse();
  }

  @Test
  void takesTheStringThatIsCompleteFirstAndBeginsFirst() {
    assertThat(stopped("xabcd", "abcd", "b")).isEqualTo("xa|b");
    assertThat(stopped("xabcd", "abc", "bc", "c")).isEqualTo("x|abc");
    assertThat(stopped("aab", "ab")).isEqualTo("a|ab");
    assertThat(stopped("ababac", "abac")).isEqualTo("ab|abac");
  }

  @Test
  void keepsWholeCharactersTogether() {
    StopStream stream = StopSequences.of(List.of("😀!")).stream();

    assertThat(stream.feed("😃")).isEqualTo("😃");
    assertThat(stream.feed("😀")).isEmpty();
    assertThat(stream.feed("?")).isEqualTo("😀?");
  }

  @Test
  void findsWhatASearchInTheWholeTextFinds() {
    SplittableRandom random = new SplittableRandom(5);
    for (int round = 0; round < 3000; round++) {
      String text = letters(random, 1 + random.nextInt(30));
      List<String> stops =
          IntStream.rangeClosed(0, random.nextInt(4))
              .mapToObj(i -> letters(random, 1 + random.nextInt(5)))
              .toList();
      int end = text.length();
      int start = end;
      for (String stop : stops) {
        int at = text.indexOf(stop);
        if (at >= 0 && (at + stop.length() < end || (at + stop.length() == end && at < start))) {
          start = at;
          end = at + stop.length();
        }
      }

      StringBuilder shown = new StringBuilder();
      StopStream stream = StopSequences.of(stops).stream();
      for (int at = 0; at < text.length(); ) {
        int next = Math.min(text.length(), at + 1 + random.nextInt(4));
        shown.append(stream.feed(text.substring(at, next)));
        at = next;
      }
      shown.append(stream.finish());

      assertThat(shown).as("%s in %s", stops, text).hasToString(text.substring(0, start));
      assertThat(stream.stop()).isEqualTo(text.substring(start, end));
    }
  }

  @Test
  void knowsItsStopTokens() {
    StopSequences stops = StopSequences.of(List.of(), 2, 70);

    assertThat(stops.isStopToken(70)).isTrue();
    assertThat(stops.isStopToken(3)).isFalse();
    assertThat(stops.stream().feed("anything")).isEqualTo("anything");
  }

  @Test
  void refusesWhatCanNeverStop() {
    assertThatThrownBy(() -> StopSequences.of(List.of("a", "")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("stop sequence: expected some text, found none");
    assertThatThrownBy(() -> StopSequences.of(List.of("\ud83d")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("half of a surrogate pair");
    assertThatThrownBy(() -> StopSequences.of(List.of(), -1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String letters(SplittableRandom random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append((char) ('a' + random.nextInt(3)));
    }
    return text.toString();
  }

  private static String stopped(String text, String... stops) {
    StopStream stream = StopSequences.of(List.of(stops)).stream();
    return stream.feed(text) + "|" + stream.stop();
  }
}
