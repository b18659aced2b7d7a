package dev.zhixing.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionPoolTest {
  private static final int PAGE = 64;

  private Model model;
  private long pageBytes;

  @BeforeAll
  void load(@TempDir Path folder) {
    model = Model.load(RandomModel.small(folder), 1);
    try (SessionPool pool = pool(1 << 30);
        SessionLease lease = pool.take(1)) {
      lease.session().append(1);
      pageBytes = pool.counts().bytes();
    }
  }

  @AfterAll
  void unload() {
    model.close();
  }

  @Test
  void twentyStepsComputeEachTokenOnce() {
    SplittableRandom random = new SplittableRandom(1);
    List<Integer> computed = new ArrayList<>();
    int[] transcript = {};
    try (SessionPool pool = pool(1 << 30)) {
      for (int step = 0; step < 20; step++) {
        int before = transcript.length;
        transcript = plus(transcript, random.ints(1 + random.nextInt(18), 0, 300).toArray());
        try (SessionLease lease = pool.take(transcript)) {
          computed.add(append(lease, transcript).length);
          assertThat(lease.reused()).isEqualTo(before);
          assertThat(lease.divergence()).isEqualTo(-1);
        }
      }

      assertThat(computed.stream().mapToInt(n -> n).sum()).isEqualTo(transcript.length);
      assertThat(pool.counts().kept()).isEqualTo(1);
      assertThat(pool.counts().asked() - pool.counts().reused()).isEqualTo(transcript.length);
    }
  }

  @Test
  void conversationsShareThePagesOfTheirBeginning() {
    int[] system = ids(3, 2 * PAGE + 10);
    try (SessionPool pool = pool(1 << 30)) {
      run(pool, plus(system, 1, 2, 3));

      try (SessionLease first = pool.take(plus(system, 4, 5));
          SessionLease second = pool.take(plus(system, 6))) {
        assertThat(first.reused()).isEqualTo(system.length);
        assertThat(second.reused()).isEqualTo(system.length);
        assertThat(first.divergence()).isEqualTo(system.length);
        assertThat(pool.counts().bytes()).isEqualTo(3 * pageBytes);

        append(first, plus(system, 4, 5));
        append(second, plus(system, 6));

        assertThat(pool.counts().bytes()).isEqualTo(5 * pageBytes);
      }
      assertThat(pool.counts().kept()).isEqualTo(3);
      assertThat(pool.counts().bytes()).isEqualTo(5 * pageBytes);
    }
  }

  @Test
  void pagesThatWereComputedTwiceAreKeptOnce() {
    int[] system = ids(4, 3 * PAGE);
    try (SessionPool pool = pool(1 << 30)) {
      try (SessionLease first = pool.take(plus(system, 1));
          SessionLease second = pool.take(plus(system, 2))) {
        assertThat(second.reused()).isZero();
        append(first, plus(system, 1));
        append(second, plus(system, 2));
        assertThat(pool.counts().bytes()).isEqualTo(8 * pageBytes);
      }

      assertThat(pool.counts().bytes()).isEqualTo(5 * pageBytes);
    }
  }

  @Test
  void theLeastRecentlyUsedGoesFirst() {
    try (SessionPool pool = pool(7 * pageBytes)) {
      int[] first = ids(1, 2 * PAGE);
      int[] second = ids(2, 2 * PAGE);
      int[] third = ids(3, 2 * PAGE);
      run(pool, first);
      run(pool, second);
      run(pool, third);
      pool.take(first).close();

      run(pool, ids(4, 2 * PAGE));

      assertThat(reused(pool, first)).isEqualTo(2 * PAGE - 1);
      assertThat(reused(pool, third)).isEqualTo(2 * PAGE - 1);
      assertThat(reused(pool, second)).isZero();
      assertThat(pool.counts().evicted()).isPositive();
      assertThat(pool.counts().bytes()).isLessThanOrEqualTo(7 * pageBytes);
    }
  }

  @Test
  void aFewTokensInCommonAreNoUse() {
    try (SessionPool pool = pool(7 * pageBytes)) {
      int[] first = plus(ids(7, 3), ids(1, 2 * PAGE - 3));
      int[] second = plus(ids(7, 3), ids(2, 2 * PAGE - 3));
      run(pool, first);
      run(pool, second);
      run(pool, plus(ids(7, 3), ids(3, 2 * PAGE - 3)));

      run(pool, plus(ids(7, 3), ids(4, 2 * PAGE - 3)));

      assertThat(reused(pool, second)).isEqualTo(2 * PAGE - 1);
      assertThat(reused(pool, first)).isEqualTo(3);
    }
  }

  @Test
  void whatANamedConversationHoldsGoesLast() {
    try (SessionPool pool = pool(7 * pageBytes)) {
      int[] named = ids(1, 2 * PAGE);
      int[] second = ids(2, 2 * PAGE);
      run(pool, "mine", named);
      run(pool, second);
      run(pool, ids(3, 2 * PAGE));

      run(pool, ids(4, 2 * PAGE));

      assertThat(reused(pool, second)).isZero();
      assertThat(reused(pool, named)).isEqualTo(2 * PAGE - 1);
    }
  }

  @Test
  void aNameHoldsOnToTheLatestTranscriptOnly() {
    try (SessionPool pool = pool(7 * pageBytes)) {
      int[] before = ids(1, 2 * PAGE);
      int[] latest = ids(2, 2 * PAGE);
      run(pool, "mine", before);
      run(pool, "mine", latest);
      run(pool, ids(3, 2 * PAGE));

      run(pool, ids(4, 2 * PAGE));

      assertThat(reused(pool, before)).isZero();
      assertThat(reused(pool, latest)).isEqualTo(2 * PAGE - 1);
    }
  }

  @Test
  void whatANameHoldsStaysWhereOthersGoOnFromIt() {
    try (SessionPool pool = pool(1 << 30)) {
      int[] named = ids(1, PAGE + 10);
      run(pool, "mine", named);

      run(pool, plus(named, 1, 2, 3));
      assertThat(pool.counts().kept()).isEqualTo(2);
      run(pool, "mine", plus(named, 4));
      run(pool, "mine", plus(named, 4, 5));

      assertThat(pool.counts().kept()).isEqualTo(2);
    }
  }

  @Test
  void namedConversationsGoWhereThereIsNothingElse() {
    try (SessionPool pool = pool(5 * pageBytes)) {
      run(pool, "a", ids(1, 2 * PAGE));
      run(pool, "b", ids(2, 2 * PAGE));

      run(pool, "c", ids(3, 2 * PAGE));

      assertThat(reused(pool, ids(2, 2 * PAGE))).isEqualTo(2 * PAGE - 1);
      assertThat(reused(pool, ids(1, 2 * PAGE))).isZero();
    }
  }

  @Test
  void keepsForksOfASession() {
    int[] common = ids(1, PAGE + 10);
    try (SessionPool pool = pool(1 << 30)) {
      try (SessionLease lease = pool.take(common)) {
        append(lease, common);
        for (int branch = 0; branch < 3; branch++) {
          try (Session fork = lease.session().fork()) {
            fork.append(branch, 5, 6);
            lease.keep(fork);
          }
        }
      }

      assertThat(pool.counts().kept()).isEqualTo(3);
      assertThat(reused(pool, plus(common, 2, 5, 6, 7))).isEqualTo(common.length + 3);
      assertThat(pool.counts().bytes()).isEqualTo(4 * pageBytes);
    }
  }

  @Test
  void waitsForMemoryButNotForLong() throws InterruptedException, ExecutionException {
    try (SessionPool brief = pool(3 * pageBytes);
        SessionLease held = brief.take(ids(1, 2 * PAGE))) {
      assertThatThrownBy(() -> brief.take(ids(2, 2 * PAGE)))
          .isInstanceOf(PoolFullException.class)
          .hasMessageContaining("128 tokens");
      assertThatThrownBy(() -> brief.take(ids(2, 4 * PAGE))).isInstanceOf(PoolFullException.class);
      assertThat(held.reused()).isZero();
    }
    try (SessionPool patient =
            new SessionPool(
                model,
                new PoolOptions(
                    SessionOptions.standard(), 3 * pageBytes, 0, Duration.ofMinutes(1)));
        ExecutorService other = Executors.newSingleThreadExecutor()) {
      SessionLease held = patient.take(ids(1, 2 * PAGE));
      Future<Integer> waiting = other.submit(() -> reused(patient, ids(2, 2 * PAGE)));

      held.close();

      assertThat(waiting.get()).isZero();
    }
  }

  @Test
  void givesAllMemoryBack() {
    SessionPool pool = pool(1 << 30);
    run(pool, ids(1, 100));
    run(pool, ids(2, 100));
    SessionLease late = pool.take(ids(1, 130));
    append(late, ids(1, 130));

    pool.close();

    assertThat(pool.counts().bytes()).isPositive();
    late.close();
    late.close();
    assertThat(pool.counts().bytes()).isZero();
    assertThat(pool.counts().kept()).isZero();
    assertThatThrownBy(() -> pool.take(1)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(late::session).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void refusesNoTokensAndTooMany() {
    try (SessionPool pool = pool(1 << 30)) {
      assertThatThrownBy(pool::take).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> pool.take(new int[401])).isInstanceOf(ContextFullException.class);
    }
  }

  @Test
  void manyThreadsGetTheBitsOfAFreshSession() throws InterruptedException, ExecutionException {
    try (SessionPool pool =
            new SessionPool(
                model,
                new PoolOptions(
                    SessionOptions.standard(), 12 * pageBytes, 0, Duration.ofMinutes(1)));
        ExecutorService threads = Executors.newFixedThreadPool(3)) {
      List<Future<?>> results = new ArrayList<>();
      for (int seed = 0; seed < 3; seed++) {
        int own = seed;
        results.add(threads.submit(() -> converse(pool, new SplittableRandom(own))));
      }
      for (Future<?> result : results) {
        result.get();
      }

      assertThat(pool.counts().bytes()).isLessThanOrEqualTo(12 * pageBytes);
      assertThat(pool.counts().reused()).isPositive();
    }
  }

  private void converse(SessionPool pool, SplittableRandom random) {
    for (int step = 0; step < 25; step++) {
      int[] system = ids(random.nextInt(2), 70);
      int[] transcript = plus(system, ids(100 + random.nextInt(4), random.nextInt(1, 130)));
      float[] expected;
      try (Session fresh = model.newSession()) {
        expected = fresh.append(transcript).clone();
      }
      try (SessionLease lease = pool.take(transcript)) {
        float[] logits = lease.session().append(rest(lease, transcript));
        assertThat(logits).containsExactly(expected);
      }
    }
  }

  private SessionPool pool(long bytes) {
    return new SessionPool(
        model, new PoolOptions(SessionOptions.standard(), bytes, 0, Duration.ofMillis(20)));
  }

  private static void run(SessionPool pool, int... ids) {
    try (SessionLease lease = pool.take(ids)) {
      append(lease, ids);
    }
  }

  private static void run(SessionPool pool, String conversation, int... ids) {
    try (SessionLease lease = pool.take(conversation, 0, ids)) {
      append(lease, ids);
    }
  }

  private static int reused(SessionPool pool, int... ids) {
    try (SessionLease lease = pool.take(ids)) {
      return lease.reused();
    }
  }

  private static int[] append(SessionLease lease, int... ids) {
    int[] rest = rest(lease, ids);
    lease.session().append(rest);
    return rest;
  }

  private static int[] rest(SessionLease lease, int... ids) {
    return Arrays.copyOfRange(ids, lease.reused(), ids.length);
  }

  private static int[] ids(int seed, int count) {
    return new SplittableRandom(seed).ints(count, 0, 300).toArray();
  }

  private static int[] plus(int[] ids, int... more) {
    int[] all = Arrays.copyOf(ids, ids.length + more.length);
    System.arraycopy(more, 0, all, ids.length, more.length);
    return all;
  }
}
