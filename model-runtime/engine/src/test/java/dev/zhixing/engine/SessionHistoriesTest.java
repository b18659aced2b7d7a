package dev.zhixing.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhixing.engine.transformer.CacheType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever happened to a session, its logits are the bits of a fresh one that was fed the same
 * tokens; and afterwards all pages are given back.
 */
class SessionHistoriesTest {
  private static final int STEPS = 80;
  private static final int MOST_SESSIONS = 5;
  private static final int LONGEST = 260;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(CacheType.class)
  void leaveNoTrace(CacheType type) {
    Path path = RandomModel.small(folder);
    try (Model model = Model.load(path, 2);
        Model other = Model.load(path, 1)) {
      for (int seed = 0; seed < 3; seed++) {
        new History(model, other, type, seed).run();

        assertThat(model.pages().pages()).as("seed %d", seed).isZero();
        assertThat(model.pages().bytes()).as("seed %d", seed).isZero();
        assertThat(other.pages().pages()).as("seed %d", seed).isZero();
      }
    }
  }

  /** One random sequence of steps on several sessions. */
  private final class History {
    private final Model model;
    private final Model other;
    private final SessionOptions options;
    private final SplittableRandom random;
    private final List<Session> sessions = new ArrayList<>();
    private int files;

    History(Model model, Model other, CacheType type, long seed) {
      this.model = model;
      this.other = other;
      this.options = SessionOptions.of(type);
      this.random = new SplittableRandom(seed);
    }

    void run() {
      sessions.add(model.newSession(options));
      for (int i = 0; i < STEPS; i++) {
        step();
      }
      for (Session session : sessions) {
        check(session);
      }
      sessions.forEach(Session::close);
    }

    private void step() {
      Session session = sessions.get(random.nextInt(sessions.size()));
      switch (random.nextInt(7)) {
        case 0, 1 -> append(session);
        case 2 -> session.truncate(random.nextInt(session.length() + 1));
        case 3 -> add(session.fork());
        case 4 -> reload(session);
        case 5 -> appendToSeveral();
        default -> appendWithLogits(session);
      }
    }

    private int[] more(Session session) {
      int most = Math.min(80, LONGEST - session.length());
      int count = most <= 0 ? 0 : random.nextInt(most);
      return random.ints(count, 0, model.config().vocabularySize()).toArray();
    }

    private void append(Session session) {
      session.appendWithoutLogits(more(session));
    }

    private void appendWithLogits(Session session) {
      int[] ids = more(session);
      int length = session.length();
      float[][] found = new float[ids.length][];
      session.append(ids, (position, logits) -> found[position - length] = logits.clone());
      if (ids.length > 0) {
        try (Session fresh = model.newSession(options)) {
          assertThat(fresh.append(session.tokens())).containsExactly(found[ids.length - 1]);
        }
      }
    }

    private void appendToSeveral() {
      List<SessionBatch.Part> parts = new ArrayList<>();
      for (Session session : sessions) {
        int[] ids = more(session);
        if (ids.length > 0) {
          parts.add(
              random.nextBoolean()
                  ? SessionBatch.Part.all(session, ids)
                  : SessionBatch.Part.last(session, ids));
        }
      }
      float[][] last = new float[parts.size()][];
      int[] heard = new int[parts.size()];

      model
          .newBatch()
          .append(
              parts,
              (part, position, logits) -> {
                last[part] = logits.clone();
                heard[part]++;
              });

      for (int i = 0; i < parts.size(); i++) {
        SessionBatch.Part part = parts.get(i);
        assertThat(heard[i]).isEqualTo(part.wanted().length);
        try (Session fresh = model.newSession(options)) {
          assertThat(fresh.append(part.session().tokens())).containsExactly(last[i]);
        }
      }
    }

    private void add(Session session) {
      if (sessions.size() == MOST_SESSIONS) {
        Session removed = sessions.remove(random.nextInt(sessions.size()));
        check(removed);
        removed.close();
      }
      sessions.add(session);
    }

    private void reload(Session session) {
      if (session.length() == 0) {
        return;
      }
      Path file = folder.resolve("saved-" + files++ % 3);
      int count = 1 + random.nextInt(session.length());
      session.save(count, "template", file);
      int[] start = Arrays.copyOf(session.tokens(), count);
      long mostCopied = random.nextBoolean() ? 0 : Long.MAX_VALUE;
      Session loaded = model.newSession(options);
      assertThat(loaded.restore(file, "template", mostCopied, start).reason()).isEmpty();
      try (Session elsewhere = other.newSession(options)) {
        assertThat(elsewhere.restore(file, "template", start).reason()).isEmpty();
        elsewhere.append(3);
        check(elsewhere);
      }
      add(loaded);
      assertThat(Files.exists(file)).isTrue();
    }

    private void check(Session session) {
      int[] tokens = session.tokens();
      try (Session fresh = model.newSession(options)) {
        fresh.appendWithoutLogits(tokens);
        assertThat(session.append(7)).containsExactly(fresh.append(7));
        session.truncate(tokens.length);
      }
    }
  }
}
