package dev.zhixing.agent.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.zhixing.agent.Effect;
import dev.zhixing.agent.RunResult;
import dev.zhixing.agent.ScriptedModel;
import dev.zhixing.agent.Setup;
import dev.zhixing.agent.Toolbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No damage to a journal passes for what was written. */
class DamagedJournalTest {

  /** With what a decoder puts in the place of bytes that are no UTF-8. */
  private static final String REQUEST = "say \u4f60\u597d \ufffd\ufffd";

  private static final Path FILE = Path.of("run.jsonl");

  @TempDir Path folder;

  private byte[] journal = {};

  @BeforeEach
  void record() throws IOException {
    Toolbox tools = Setup.tool("echo", Effect.WRITE, t -> t).build();
    ScriptedModel model =
        new ScriptedModel().calls("", "echo", Setup.text("h\u00e9 \ufffd")).says("\ud83d\ude42");
    RunResult result = Setup.agent(model, tools).journal(new Journals(folder)).build().run(REQUEST);
    journal = Files.readAllBytes(folder.resolve(result.run().id() + ".jsonl"));
  }

  @Test
  void findsEveryFlippedBit() {
    List<String> missed = new ArrayList<>();
    for (int i = 0; i < journal.length; i++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] damaged = journal.clone();
        damaged[i] ^= (byte) (1 << bit);
        if (isAccepted(damaged)) {
          missed.add("bit %d of byte %d".formatted(bit, i));
        }
      }
    }

    assertThat(missed).isEmpty();
  }

  @Test
  void findsEveryByteThatIsLostOrReplacedByTheSignForBrokenText() {
    List<String> missed = new ArrayList<>();
    byte[] sign = "\ufffd".getBytes(UTF_8);
    for (int i = 0; i < journal.length - 1; i++) {
      byte[] rest = Arrays.copyOfRange(journal, i + 1, journal.length);
      if (isAccepted(joined(Arrays.copyOf(journal, i), rest))) {
        missed.add("lost byte " + i);
      }
      if (isAccepted(joined(joined(Arrays.copyOf(journal, i), sign), rest))) {
        missed.add("replaced byte " + i);
      }
    }

    assertThat(missed).isEmpty();
  }

  @Test
  void stillReadsWhatADeathLeaves() {
    int whole = Lines.read(FILE, journal).lines().size();

    for (int end = 0; end < journal.length; end++) {
      byte[] left = Arrays.copyOf(journal, end);
      long lines = new String(left, UTF_8).chars().filter(c -> c == '\n').count();
      assertThat(Lines.read(FILE, left).lines()).hasSize((int) lines).hasSizeLessThan(whole);
    }
  }

  @Test
  void saysWhatStandsWhereALineFeedWas() {
    byte[] damaged = journal.clone();
    damaged[damaged.length - 1] = ' ';

    assertThatExceptionOfType(JournalException.class)
        .isThrownBy(() -> Lines.read(FILE, damaged))
        .withMessageContainingAll("run.jsonl, line ", "expected a line feed", "found the byte 20");
  }

  private static boolean isAccepted(byte[] bytes) {
    try {
      var _ = Lines.read(FILE, bytes);
      return true;
    } catch (JournalException e) {
      return false;
    }
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
