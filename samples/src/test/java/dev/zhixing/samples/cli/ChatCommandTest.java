package dev.zhixing.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatCommandTest {

  @TempDir Path folder;

  @Test
  void answersEachLineOfAPipe() {
    CommandLineRun run =
        new CommandLineRun(folder, AiMessage.from("Good day."), AiMessage.from("一只鼹鼠。"))
            .typing("hello\n\n这是什么\n");

    assertThat(run.run("chat", "--system", "Be brief.")).isZero();

    assertThat(run.out().lines()).containsExactly("Good day.", "一只鼹鼠。");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void saysWhereNoAnswerCame() {
    CommandLineRun run = new CommandLineRun(folder).typing("hello\n");

    assertThat(run.run("chat", "--seed", "3")).isEqualTo(ExitStatus.FAILED);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void measuresWithoutDividingByNothing() {
    assertThat(new Throughput(0, 5, 0, 0).inWords())
        .isEqualTo("prefill 0 tokens, - tok/s; decode 0 tokens, - tok/s");
    assertThat(new Throughput(100, 500_000_000, 11, 1_000_000_000).inWords())
        .isEqualTo("prefill 100 tokens, 200.0 tok/s; decode 11 tokens, 10.0 tok/s");
  }
}
