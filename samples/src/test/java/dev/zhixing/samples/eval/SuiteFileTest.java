package dev.zhixing.samples.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteFileTest {

  private static final String TASK =
      """
      {"id": "a", "lang": "en", "suite": "home", "tools": ["get_sensor"], \
      "history": [{"role": "user", "content": "hi"}, {"role": "assistant", "content": "hello"}], \
      "user": "how warm is it", "results": {"get_sensor": [{"value": 20}, {"value": 21}]}, \
      "expect": {"calls": [{"tool": "get_sensor", "arguments": {}}], "order": "strict", \
      "answer_contains": ["20", ["a", "b"]], "refuse": false}}\
      """;

  @TempDir Path folder;

  @Test
  void readsEveryFieldOfATask() throws IOException {
    Path file = Files.writeString(folder.resolve("s.jsonl"), TASK + "\n\n");

    List<EvalTask> tasks = SuiteFile.read(file);

    assertThat(tasks).hasSize(1);
    EvalTask task = tasks.getFirst();
    assertThat(task.tools()).containsExactly("get_sensor");
    assertThat(task.history())
        .containsExactly(new EvalTask.Turn(true, "hi"), new EvalTask.Turn(false, "hello"));
    assertThat(task.results().get("get_sensor")).hasSize(2);
    assertThat(task.expect().inOrder()).isTrue();
    assertThat(task.expect().answerContains()).containsExactly(List.of("20"), List.of("a", "b"));
    assertThat(task.expect().refuse()).isFalse();
    assertThat(task.expect().clarify()).isFalse();
  }

  @Test
  void namesFileAndLineOfABrokenTask() throws IOException {
    Path file = Files.writeString(folder.resolve("s.jsonl"), TASK + "\n{\"id\": 3}\n");

    assertThatThrownBy(() -> SuiteFile.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("s.jsonl:2: id: expected a string");
  }

  @Test
  void namesFileAndLineOfWhatIsNotJson() throws IOException {
    Path file = Files.writeString(folder.resolve("s.jsonl"), "{\n");

    assertThatThrownBy(() -> SuiteFile.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("s.jsonl:1");
  }

  @Test
  void saysThatAFileIsMissing() {
    assertThatThrownBy(() -> SuiteFile.read(folder.resolve("none.jsonl")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no such file");
  }
}
