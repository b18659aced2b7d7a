package dev.zhixing.engine.family;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhixing.engine.RandomModel;
import dev.zhixing.engine.gguf.GgufException;
import dev.zhixing.engine.gguf.GgufFile;
import dev.zhixing.engine.kernel.KernelChoice;
import dev.zhixing.engine.kernel.Kernels;
import dev.zhixing.engine.kernel.Team;
import dev.zhixing.engine.transformer.KeyValueCache;
import dev.zhixing.engine.transformer.Span;
import dev.zhixing.engine.transformer.Transformer;
import dev.zhixing.engine.transformer.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A changed model is refused by name, or runs. */
class FamilyDamageTest {
  private final Kernels kernels = KernelChoice.scalar();
  @TempDir private Path folder;

  @Test
  void refusesOrRunsEveryChangedHeader() throws IOException {
    byte[] whole = Files.readAllBytes(RandomModel.small(folder));
    int header = 1700; // keys and the list of tensors
    SplittableRandom random = new SplittableRandom(13);
    for (int round = 0; round < 600; round++) {
      byte[] bytes = whole.clone();
      for (int i = 0; i <= random.nextInt(2); i++) {
        bytes[random.nextInt(header)] = (byte) random.nextInt();
      }
      refuseOrRun(bytes);
    }
  }

  private void refuseOrRun(byte[] bytes) throws IOException {
    Path path = folder.resolve("changed.gguf");
    Files.write(path, bytes);
    try (GgufFile file = GgufFile.open(path);
        Team team = new Team(1)) {
      Transformer transformer = Families.read(file, kernels, team);
      Workspace work = new Workspace(transformer.config());
      KeyValueCache cache = new KeyValueCache(transformer.config());
      transformer.forward(List.of(new Span(cache, 0, new int[] {0}, 0, 1)), work);
      transformer.logits(0, new float[transformer.config().vocabularySize()], work);
    } catch (GgufException e) {
      assertThat(e).hasMessageContaining("changed.gguf");
    }
  }
}
