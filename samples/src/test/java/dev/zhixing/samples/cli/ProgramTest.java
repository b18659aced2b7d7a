package dev.zhixing.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramTest {

  @TempDir Path folder;

  @Test
  void listsItsCommandsButNotTheLaunchersOwn() {
    CommandLineRun run = new CommandLineRun(folder);

    assertThat(run.run("--help")).isZero();
    assertThat(run.out())
        .contains("demo", "agent", "eval", "home", "tool", "train", "inspect", "tokenize", "logits")
        .doesNotContain("rehearse");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "agent",
        "eval",
        "home",
        "tool",
        "train",
        "inspect",
        "tokenize",
        "logits",
        "run",
        "chat",
        "perplexity",
        "resume",
        "replay",
        "runs"
      })
  void helpsWithEveryCommand(String command) {
    CommandLineRun run = new CommandLineRun(folder);

    assertThat(run.run(command, "--help")).isZero();
    assertThat(run.out()).contains("Usage: zhixing " + command, "Exit codes:", "Examples:");
  }

  @Test
  void saysWhatIsWrongWithACommandLine() {
    CommandLineRun run = new CommandLineRun(folder);

    assertThat(run.run("inspect")).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err()).contains("--model", "zhixing inspect --help").doesNotContain("\tat ");
  }

  @Test
  void doesNotKnowACommandThatIsNotThere() {
    CommandLineRun run = new CommandLineRun(folder);

    assertThat(run.run("agnet")).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err()).contains("agnet");
  }

  @Test
  void needsACommand() {
    assertThat(new CommandLineRun(folder).run()).isEqualTo(ExitStatus.USAGE);
  }

  @Test
  void tellsAnErrorInOneLine() {
    CommandLineRun run = new CommandLineRun(folder);

    assertThat(run.run("eval", folder.resolve("none.jsonl").toString()))
        .isEqualTo(ExitStatus.FAILED);
    assertThat(run.err().lines()).hasSize(1).first().asString().startsWith("zhixing: ");
  }

  @Test
  void tellsWhereAnErrorCameFromWhenAsked() {
    CommandLineRun run = new CommandLineRun(folder);

    assertThat(run.run("eval", "--verbose", folder.resolve("none.jsonl").toString()))
        .isEqualTo(ExitStatus.FAILED);
    assertThat(run.err()).contains("\tat dev.zhixing");
  }
}
