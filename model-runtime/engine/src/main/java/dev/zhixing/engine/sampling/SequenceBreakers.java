package dev.zhixing.engine.sampling;

import dev.zhixing.engine.tokenizer.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where {@link Dry} sees a repetition end: at certain tokens, or where certain texts end, however
 * the tokens cut them. Immutable, for all threads.
 */
public final class SequenceBreakers {
  /** The usual texts: line break, colon, quotation mark, asterisk. */
  public static final List<String> USUAL = List.of("\n", ":", "\"", "*");

  private final BitSet tokens;
  private final @Nullable Tokenizer tokenizer;
  private final PrefixAutomaton texts;

  private SequenceBreakers(BitSet tokens, @Nullable Tokenizer tokenizer, List<String> texts) {
    this.tokens = tokens;
    this.tokenizer = tokenizer;
    this.texts = new PrefixAutomaton(texts);
  }

  /** Repetitions end at these tokens; nowhere, if there are none. */
  public static SequenceBreakers tokens(int... ids) {
    BitSet set = new BitSet();
    for (int id : ids) {
      if (id < 0) {
        throw new IllegalArgumentException("sequence breaker: expected an id, found " + id);
      }
      set.set(id);
    }
    return new SequenceBreakers(set, null, List.of());
  }

  /**
   * Repetitions end where one of these texts ends.
   *
   * @param tokenizer knows what each token spells
   * @param texts not empty ones
   */
  public static SequenceBreakers texts(Tokenizer tokenizer, Collection<String> texts) {
    for (String text : texts) {
      if (text.isEmpty()) {
        throw new IllegalArgumentException("sequence breaker: expected some text, found none");
      }
    }
    // UTF-8 bytes, each as a character, because tokens may hold parts of characters.
    List<String> bytes =
        texts.stream()
            .map(t -> new String(t.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))
            .toList();
    return new SequenceBreakers(new BitSet(), tokenizer, bytes);
  }

  /** Whether a token alone is a breaker or holds one. */
  boolean contains(int id) {
    return tracker().endsBreaker(id);
  }

  Tracker tracker() {
    return new Tracker();
  }

  /** Goes along a text, token by token. */
  final class Tracker {
    private int state;

    /** Whether a breaker ends within this token. */
    boolean endsBreaker(int id) {
      boolean ends = tokens.get(id);
      if (tokenizer != null && id < tokenizer.size()) {
        for (byte b : tokenizer.bytes(id)) {
          state = texts.next(state, (char) (b & 0xff));
          ends |= texts.matched(state) > 0;
        }
      }
      return ends;
    }
  }
}
