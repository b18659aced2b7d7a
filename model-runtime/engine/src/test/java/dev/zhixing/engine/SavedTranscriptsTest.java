package dev.zhixing.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhixing.engine.tensor.TensorType;
import dev.zhixing.engine.transformer.CacheType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pool's transcripts in files, for the pools of other processes. */
class SavedTranscriptsTest {
  private static final long ALL = Long.MAX_VALUE;
  private static final String TEMPLATE = "a template";
  private static final int COUNT_AT = 40;
  private static final int IDS_AT = 44;
  private static final int[] IDS = new SplittableRandom(9).ints(150, 0, 300).toArray();

  @TempDir private Path folder;
  private Model model;
  private Path file;

  @BeforeEach
  void save() {
    model = Model.load(RandomModel.small(folder), 1);
    file = folder.resolve("saved");
    try (SessionPool pool = pool(SessionOptions.standard())) {
      read(pool, IDS);
      assertThat(pool.save(TEMPLATE, file, ALL, IDS)).isEqualTo(IDS.length);
    }
  }

  @AfterEach
  void close() {
    model.close();
  }

  @Test
  void goOnInAnotherPoolWithTheSameBits() {
    int[] longer = plus(IDS, 1, 2, 3);
    try (SessionPool pool = pool(SessionOptions.standard());
        SessionPool fresh = pool(SessionOptions.standard())) {
      assertThat(pool.restore(file, TEMPLATE).done()).isTrue();

      try (SessionLease lease = pool.take(longer);
          SessionLease other = fresh.take(longer)) {
        assertThat(lease.reused()).isEqualTo(IDS.length);
        assertThat(lease.session().append(1, 2, 3)).containsExactly(other.session().append(longer));
      }
    }
  }

  @Test
  void goOnWithTheSameBitsWhereTheyLieInTheFileAndAreSavedAgain() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int[] longer = plus(IDS, 1, 2, 3);
    try (SessionPool pool = pool(SessionOptions.standard());
        SessionPool fresh = pool(SessionOptions.standard())) {
      assertThat(pool.restore(file, TEMPLATE, 0).done()).isTrue();
      assertThat(pool.counts().bytes()).isZero();
      assertThat(pool.save(TEMPLATE, file, ALL, IDS)).isEqualTo(IDS.length);

      try (SessionLease lease = pool.take(longer);
          SessionLease other = fresh.take(longer)) {
        assertThat(lease.session().append(1, 2, 3)).containsExactly(other.session().append(longer));
      }
    }
    assertThat(file).hasBinaryContent(bytes);
  }

  @Test
  void serveRequestsThatGoOnOtherwise() {
    int[] other = plus(Arrays.copyOf(IDS, 100), (IDS[100] + 1) % 300);
    try (SessionPool pool = pool(SessionOptions.standard())) {
      pool.restore(file, TEMPLATE);

      try (SessionLease lease = pool.take(other)) {
        assertThat(lease.reused()).isEqualTo(100);
        assertThat(lease.divergence()).isEqualTo(100);
      }
    }
  }

  @Test
  void haveNothingOfWhatOthersWentOnWith() throws IOException {
    int[] secret = IntStream.generate(() -> 299).limit(70).toArray();
    Path mine = folder.resolve("mine");
    try (SessionPool pool = pool(SessionOptions.standard())) {
      read(pool, plus(IDS, secret));

      assertThat(pool.save(TEMPLATE, mine, ALL, plus(IDS, 5))).isEqualTo(IDS.length);
    }
    assertThat(mine).hasSameBinaryContentAs(file);
  }

  @Test
  void keepToTheirLimitByWholePages() throws IOException {
    long page = (Files.size(file) - 700) / 3;
    Path cut = folder.resolve("cut");
    try (SessionPool pool = pool(SessionOptions.standard())) {
      read(pool, IDS);

      assertThat(pool.save(TEMPLATE, cut, 2 * page + 1000, IDS)).isEqualTo(128);
      assertThat(Files.size(cut)).isLessThan(2 * page + 1000);
      assertThat(pool.save(TEMPLATE, folder.resolve("none"), page / 2, IDS)).isZero();
    }
    assertThat(folder.resolve("none")).doesNotExist();
    try (SessionPool pool = pool(SessionOptions.standard())) {
      assertThat(pool.restore(cut, TEMPLATE).done()).isTrue();
      assertThat(reused(pool)).isEqualTo(128);
    }
  }

  @Test
  void areNotWrittenWhereNothingIsKept() {
    try (SessionPool pool = pool(SessionOptions.standard())) {
      assertThat(pool.save(TEMPLATE, folder.resolve("none"), ALL, IDS)).isZero();
    }
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void areReadAgainWhereTheFileIsForeign() {
    assertRefused(pool(SessionOptions.standard()), "another template");
    assertRefused(pool(SessionOptions.of(CacheType.Q8_0)), TEMPLATE);
    try (Model other = Model.load(RandomModel.blocks(folder, TensorType.Q8_0), 1)) {
      assertRefused(pool(other, SessionOptions.standard()), TEMPLATE);
    }
    assertRefused(pool(new SessionOptions(CacheType.F16, 149)), TEMPLATE);
  }

  @Test
  void areReadAgainWithAnyBitChanged() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    SplittableRandom random = new SplittableRandom(12);
    for (int round = 0; round < 200; round++) {
      byte[] damaged = bytes.clone();
      int at = round < 120 ? random.nextInt(IDS_AT + 700) : random.nextInt(bytes.length);
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      replace(damaged);

      assertRefused(pool(SessionOptions.standard()), TEMPLATE);
    }
  }

  @Test
  void areReadAgainWithAnyOtherLength() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    for (int length :
        new int[] {0, 1, 7, 39, 43, 44, 47, 300, bytes.length / 2, bytes.length - 1}) {
      replace(Arrays.copyOf(bytes, length));
      assertRefused(pool(SessionOptions.standard()), TEMPLATE);
    }
    replace(Arrays.copyOf(bytes, bytes.length + 1));
    assertRefused(pool(SessionOptions.standard()), TEMPLATE);
    Files.delete(file);
    assertRefused(pool(SessionOptions.standard()), TEMPLATE);
    Files.createDirectory(file);
    assertRefused(pool(SessionOptions.standard()), TEMPLATE);
  }

  @Test
  void claimNoTokensThatNoSessionHolds() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    for (int count : new int[] {-1, 0, 401, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      replace(with(bytes, COUNT_AT, count));
      assertRefused(pool(SessionOptions.standard()), TEMPLATE);
    }
    for (int id : new int[] {-1, 300, Integer.MAX_VALUE}) {
      replace(with(bytes, IDS_AT + 8, id));
      assertRefused(pool(SessionOptions.standard()), TEMPLATE);
    }
  }

  @Test
  void leaveNoOtherFilesBehind() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.filter(path -> path.toString().contains("saved"))).containsExactly(file);
    }
  }

  private void assertRefused(SessionPool pool, String template) {
    try (pool) {
      Restoration restoration = pool.restore(file, template);

      assertThat(restoration.done()).isFalse();
      assertThat(restoration.reason()).contains(file + ": not used, as it ");
      assertThat(pool.counts().kept()).isZero();
      assertThat(pool.counts().bytes()).isZero();
    }
  }

  private SessionPool pool(SessionOptions options) {
    return pool(model, options);
  }

  private static SessionPool pool(Model of, SessionOptions options) {
    return new SessionPool(of, new PoolOptions(options, 1 << 30, 0, Duration.ofMillis(20)));
  }

  private static void read(SessionPool pool, int... ids) {
    try (SessionLease lease = pool.take(ids)) {
      lease.session().append(Arrays.copyOfRange(ids, lease.reused(), ids.length));
    }
  }

  private static int reused(SessionPool pool) {
    try (SessionLease lease = pool.take(IDS)) {
      return lease.reused();
    }
  }

  /** Puts a new file in place of the old one, which pools may have mapped. */
  private void replace(byte[] content) throws IOException {
    Path next = Files.write(folder.resolve("next"), content);
    Files.deleteIfExists(file);
    Files.move(next, file);
  }

  private static byte[] with(byte[] bytes, int at, int number) {
    byte[] changed = bytes.clone();
    ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putInt(at, number);
    return changed;
  }

  private static int[] plus(int[] ids, int... more) {
    int[] all = Arrays.copyOf(ids, ids.length + more.length);
    System.arraycopy(more, 0, all, ids.length, more.length);
    return all;
  }
}
