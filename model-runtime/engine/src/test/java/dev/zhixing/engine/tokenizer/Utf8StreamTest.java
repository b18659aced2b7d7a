package dev.zhixing.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8StreamTest {
  @Test
  void handsOutWholeCharactersOnly() {
    Utf8Stream stream = new Utf8Stream();
    byte[] lamp = "灯😀".getBytes(StandardCharsets.UTF_8);

    StringBuilder steps = new StringBuilder();
    for (byte b : lamp) {
      steps.append(stream.feed(new byte[] {b})).append('|');
    }

    assertThat(steps).hasToString("||灯||||😀|");
    assertThat(stream.finish()).isEmpty();
  }

  @Test
  void replacesACharacterThatNeverBecomesWhole() {
    Utf8Stream stream = new Utf8Stream();

    String first = stream.feed(new byte[] {'a', (byte) 0xe7, (byte) 0x81});
    String rest = stream.finish();

    assertThat(first).isEqualTo("a");
    assertThat(rest).isEqualTo("\ufffd");
  }

  @Test
  void givesTheSameTextInAnyPiecesAsInOne() {
    Random random = new Random(11);
    for (int round = 0; round < 5000; round++) {
      byte[] bytes = RandomText.of(random, 4).getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < bytes.length; i++) {
        if (random.nextInt(6) == 0) {
          bytes[i] = (byte) random.nextInt(256);
        }
      }

      Utf8Stream stream = new Utf8Stream();
      StringBuilder text = new StringBuilder();
      for (int at = 0; at < bytes.length; ) {
        int to = Math.min(bytes.length, at + random.nextInt(4));
        text.append(stream.feed(Arrays.copyOfRange(bytes, at, to)));
        at = to;
      }
      text.append(stream.finish());

      assertThat(text).hasToString(new String(bytes, StandardCharsets.UTF_8));
    }
  }
}
