package dev.zhixing.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhixing.engine.transformer.CacheType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of saved tokens is not trusted: it is the expected one or it is not used. */
class SavedTokensTest {
  private static final int[] IDS = new SplittableRandom(6).ints(70, 0, 300).toArray();

  @TempDir private Path folder;
  private Model model;
  private Path file;
  private byte[] bytes;

  @BeforeEach
  void save() throws IOException {
    model = Model.load(RandomModel.small(folder), 1);
    file = folder.resolve("saved");
    try (Session session = model.newSession()) {
      session.append(IDS);
      session.save(IDS.length, "a template", file);
    }
    bytes = Files.readAllBytes(file);
  }

  @AfterEach
  void close() {
    model.close();
  }

  @Test
  void isUsedAsItWasSaved() {
    assertThat(restore("a template", SessionOptions.standard(), IDS).done()).isTrue();
  }

  @Test
  void saysWhyItIsNotUsed() {
    int[] other = IDS.clone();
    other[69]++;

    assertThat(restore("another", SessionOptions.standard(), IDS).reason())
        .contains("of another model, tokenizer, template, cache type or tokens");
    assertThat(restore("a template", SessionOptions.of(CacheType.Q8_0), IDS).done()).isFalse();
    assertThat(restore("a template", SessionOptions.standard(), other).done()).isFalse();
    assertThat(restore("a template", SessionOptions.standard(), Arrays.copyOf(IDS, 69)).done())
        .isFalse();
  }

  @Test
  void isNotUsedWithAnyBitChanged() throws IOException {
    SplittableRandom random = new SplittableRandom(11);
    for (int round = 0; round < 200; round++) {
      byte[] damaged = bytes.clone();
      int at = round < 100 ? random.nextInt(400) : random.nextInt(bytes.length);
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      replace(damaged);

      Restoration result = restore("a template", SessionOptions.standard(), IDS);

      assertThat(result.done()).as("byte %d", at).isFalse();
      assertThat(result.reason()).contains("not used, as it is");
    }
  }

  @Test
  void isNotUsedWithAnyOtherLength() throws IOException {
    for (int length : new int[] {0, 1, 7, 8, 43, 100, 350, bytes.length / 2, bytes.length - 1}) {
      replace(Arrays.copyOf(bytes, length));
      assertThat(restore("a template", SessionOptions.standard(), IDS).done()).isFalse();
    }
    replace(Arrays.copyOf(bytes, bytes.length + 1));
    assertThat(restore("a template", SessionOptions.standard(), IDS).reason()).contains("bytes");
  }

  @Test
  void mayBeDeletedOrReplacedWhileItIsUsed() throws IOException {
    try (Session fresh = model.newSession();
        Session session = model.newSession()) {
      fresh.append(IDS);
      session.restore(file, "a template", 0, IDS); // mapped
      Path other = Files.write(folder.resolve("other"), new byte[10]);
      Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);

      assertThat(session.append(1, 2)).containsExactly(fresh.append(1, 2));
    }
  }

  private Restoration restore(String template, SessionOptions options, int... ids) {
    try (Session session = model.newSession(options)) {
      Restoration result = session.restore(file, template, ids);
      assertThat(session.length()).isEqualTo(result.done() ? ids.length : 0);
      return result;
    }
  }

  /** Puts a new file in place of the old one, which sessions may have mapped. */
  private void replace(byte[] content) throws IOException {
    Path next = Files.write(folder.resolve("next"), content);
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
