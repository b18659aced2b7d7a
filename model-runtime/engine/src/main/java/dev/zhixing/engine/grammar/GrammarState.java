package dev.zhixing.engine.grammar;

import dev.zhixing.engine.tokenizer.Tokenizer;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a text has come in a grammar. Mutable, for one thread at a time; states of the same
 * grammar in different threads are independent.
 */
public final class GrammarState {
  private static final int MOST_FORCED = 1 << 16;

  private final Tokenizer vocabulary;
  private State state;

  GrammarState(Tokenizer vocabulary, State state) {
    this.vocabulary = vocabulary;
    this.state = state;
  }

  /** Whether the token may come next. Ids outside the vocabulary may not. */
  public boolean allows(int id) {
    return id >= 0 && id < vocabulary.size() && !after(id).dead();
  }

  /**
   * Sets to negative infinity the logits of all tokens that may not come next. When {@link
   * #mustStop()}, that is all of them.
   *
   * @param logits one for each id from 0, at least as many as the vocabulary has
   */
  public void mask(float[] logits) {
    if (logits.length < vocabulary.size()) {
      throw new IllegalArgumentException(
          "logits: expected at least %d, one for each token, found %d"
              .formatted(vocabulary.size(), logits.length));
    }
    state.allowed().mask(logits);
  }

  /**
   * Goes on behind the token.
   *
   * @throws IllegalArgumentException if it may not come next; the state is unchanged then
   */
  public void accept(int id) {
    if (!allows(id)) {
      throw new IllegalArgumentException(
          "token %d: expected one that the grammar allows, found %s"
              .formatted(
                  id,
                  id >= 0 && id < vocabulary.size()
                      ? "'" + vocabulary.decode(id) + "'"
                      : "an id outside the vocabulary"));
    }
    state = after(id);
  }

  /** Whether the text is complete, so that it may stop here. */
  public boolean isComplete() {
    return state.complete();
  }

  /** Whether the text is complete and nothing more can follow. */
  public boolean mustStop() {
    return state.complete() && state.stuck();
  }

  /** The only token that may come next; -1 if there are several, or the text may stop here. */
  public int soleToken() {
    if (state.complete()) {
      return -1;
    }
    TokenSet allowed = state.allowed();
    return allowed.count() == 1 ? allowed.only() : -1;
  }

  /**
   * The longest byte string that must come next; empty if there is a choice, a special token comes,
   * or the text may stop here. It may end within a character.
   */
  public byte[] forced() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    State at = state;
    for (int value = at.forced(); value >= 0 && bytes.size() < MOST_FORCED; value = at.forced()) {
      bytes.write(value);
      at = at.next(value);
    }
    return bytes.toByteArray();
  }

  /**
   * Whether the text can be completed with this many more tokens, as far as {@link #shortestEnd}
   * tells.
   */
  public boolean canEndWithin(int tokens) {
    if (state.complete()) {
      return tokens >= 0;
    }
    int @Nullable [] ids = shortestEnd();
    return ids != null && ids.length <= tokens;
  }

  /**
   * Tokens that complete the text: as few bytes as possible, in as few tokens as a greedy search
   * finds. Taking some of them leaves the others. Empty where the text is complete; null where no
   * end is found soon, or where the vocabulary lacks a byte.
   */
  public int @Nullable [] shortestEnd() {
    List<Integer> ids = new ArrayList<>();
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    State at = state;
    while (!at.complete()) {
      ShortestEnd.Way way = at.way();
      if (way.symbol() < 0) {
        return null;
      }
      boolean isByte = way.symbol() < ShortestEnd.TOKEN;
      if (isByte) {
        text.write(way.symbol());
        at = at.next(way.symbol());
      }
      if (!isByte || at.complete()) {
        if (!spell(at, text, ids)) {
          return null;
        }
      }
      if (!isByte) {
        ids.add(way.symbol() - ShortestEnd.TOKEN);
        at = at.nextToken(way.symbol() - ShortestEnd.TOKEN);
      }
    }
    return ids.stream().mapToInt(Integer::intValue).toArray();
  }

  private static boolean spell(State by, ByteArrayOutputStream text, List<Integer> ids) {
    int @Nullable [] spelled = by.spell(text.toByteArray());
    text.reset();
    if (spelled == null) {
      return false;
    }
    for (int id : spelled) {
      ids.add(id);
    }
    return true;
  }

  /** An independent state at the same place. */
  public GrammarState copy() {
    return new GrammarState(vocabulary, state);
  }

  private State after(int id) {
    if (vocabulary.isSpecial(id)) {
      return state.nextToken(id);
    }
    State at = state;
    for (byte value : vocabulary.bytes(id)) {
      if (at.dead()) {
        break;
      }
      at = at.next(value & 0xff);
    }
    return at;
  }
}
