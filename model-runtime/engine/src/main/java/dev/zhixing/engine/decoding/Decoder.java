package dev.zhixing.engine.decoding;

import dev.zhixing.engine.Session;
import dev.zhixing.engine.grammar.GrammarState;
import dev.zhixing.engine.sampling.Sampler;
import dev.zhixing.engine.tokenizer.Tokenizer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Generates tokens on a session, one at a time, within a grammar if one is given, up to a stop
 * token or to where the grammar lets nothing more follow. What the grammar forces, or what followed
 * the same tokens earlier in the context, is proposed as a draft and verified by the model's next
 * pass, which computes all of it at once: a proposed token is kept only if it is what the sampler
 * chooses from that position's masked logits, so the tokens are exactly those of plain decoding.
 *
 * <p>The last tokens that {@link #next} returned may not be in the session yet: they go in with the
 * next pass, or with {@link #flush}. Used by one thread at a time, like its session.
 *
 * <p>Source: Leviathan et al., "Fast Inference from Transformers via Speculative Decoding" (2023),
 * with the grammar and the context as draft models.
 */
public final class Decoder {
  /** What {@link #next} returns when the generation has ended. */
  public static final int ENDED = -1;

  private final Session session;
  private final Tokenizer vocabulary;
  private final Sampler sampler;
  private @Nullable GrammarState grammar;
  private final DecodingOptions options;
  private final Drafts drafts;
  private @Nullable Ending ending;
  private final ArrayDeque<Integer> ready = new ArrayDeque<>();
  private int last = ENDED; // chosen, but not in the session yet
  private int trigger = ENDED;
  private @Nullable Supplier<GrammarState> triggered;
  private boolean started;
  private boolean ended;
  private int most = Integer.MAX_VALUE;
  private int chosen;
  private int sampled;
  private int forced;
  private int passes;
  private int heads;

  /**
   * A generation that {@link #start} or {@link #prefill} begins.
   *
   * @param grammar where the text to be generated is in its grammar, null for free text; changed as
   *     tokens are chosen
   */
  public Decoder(
      Session session,
      Tokenizer vocabulary,
      Sampler sampler,
      @Nullable GrammarState grammar,
      DecodingOptions options) {
    this.session = session;
    this.vocabulary = vocabulary;
    this.sampler = sampler;
    this.grammar = grammar;
    this.options = options;
    this.drafts = new Drafts(vocabulary, options);
  }

  /** Appends the last part of the prompt and begins behind it. */
  public void prefill(int... ids) {
    start(session.append(ids));
  }

  /**
   * Begins with the logits behind the session's last token.
   *
   * @param logits one for each token of the vocabulary; changed
   */
  public void start(float[] logits) {
    if (started) {
      throw new IllegalStateException("decoder: expected one start, found a second one");
    }
    started = true;
    drafts.start(session.tokens());
    choose(logits);
  }

  /**
   * Says that what stands at these positions of the session is likely to be copied, as from a
   * tool's result: drafts are looked up there first, in the last such region before the others.
   *
   * @param to excluded
   */
  public void prefer(int from, int to) {
    if (from < 0 || from > to) {
      throw new IllegalArgumentException(
          "prefer: expected ascending positions, found %d to %d".formatted(from, to));
    }
    drafts.prefer(from, to);
  }

  /**
   * Says that the text is free up to a token and within a grammar from there on. Only for a text
   * that no other grammar holds for.
   *
   * @param begins the token
   * @param then where the text is in its grammar behind the token; asked when it comes
   */
  public void onToken(int begins, Supplier<GrammarState> then) {
    if (grammar != null) {
      throw new IllegalStateException("onToken: expected free text, found a grammar for all of it");
    }
    trigger = begins;
    triggered = then;
  }

  /**
   * Says how many tokens will be asked for in all, so that no draft reaches further.
   *
   * @param tokens 1 or more
   */
  public void limit(int tokens) {
    if (tokens < 1) {
      throw new IllegalArgumentException("limit: expected at least 1, found " + tokens);
    }
    most = tokens;
  }

  /**
   * As {@link #limit}, and a text within a grammar is complete by then: where what the model
   * chooses leaves too few tokens for that, a shortest end is written in its place; see {@link
   * #cutShort}. A text that {@link GrammarState#canEndWithin cannot end} within so many tokens
   * breaks off.
   */
  public void endWithin(int tokens) {
    limit(tokens);
    ending = new Ending(options.stopTokens());
  }

  /** The next token, or {@link #ENDED}. */
  public int next() {
    if (!started) {
      throw new IllegalStateException("decoder: expected start or prefill before next");
    }
    if (needsPass()) {
      Pass pass = nextPass();
      session.append(pass.ids(), pass.wanted(), pass::take);
      pass.finish();
    }
    Integer id = ready.poll();
    return id == null ? ENDED : id;
  }

  /** Whether the text ended otherwise than the model wanted, to be complete within its limit. */
  public boolean cutShort() {
    return ending != null && ending.cutShort();
  }

  /** Whether all tokens were handed out and no more will come. */
  public boolean ended() {
    return ended && ready.isEmpty();
  }

  /** What it took so far. */
  public DecodingCounts counts() {
    return new DecodingCounts(
        sampled,
        forced,
        drafts.forced().proposed(),
        drafts.forced().accepted(),
        drafts.lookedUp().proposed(),
        drafts.lookedUp().accepted(),
        passes,
        heads);
  }

  /**
   * Ends the generation and appends to the session the chosen token that is not in it yet, so that
   * it holds exactly what {@link #next} returned; tokens that were not handed out are taken back.
   */
  public void flush() {
    boolean lacksLast = ready.isEmpty() && last != ENDED;
    int missing = last;
    stop();
    if (lacksLast) {
      session.appendWithoutLogits(missing);
    }
  }

  /**
   * Ends the generation as {@link #flush} does, but spares the pass for the last token: the session
   * may lack that one.
   */
  public void stop() {
    ended = true;
    if (!ready.isEmpty()) {
      session.truncate(session.length() - ready.size() + 1);
      ready.clear();
    }
    last = ENDED;
  }

  /** Whether the next token needs a pass of the model. */
  boolean needsPass() {
    return started && ready.isEmpty() && !ended;
  }

  Session session() {
    return session;
  }

  /** A pass of the model over the last token and a draft, to be run by the caller. */
  Pass nextPass() {
    int room = Math.min(session.contextLength() - session.length(), most - chosen) - 1;
    return new Pass(session.length(), drafts.next(grammar, room));
  }

  /**
   * Goes through a pass position by position, until a draft is wrong or the text ends; at least one
   * more token is chosen.
   */
  final class Pass {
    private final int base;
    private final Drafts.Draft draft;
    private final int[] ids;
    private final int[] wanted;
    private int next; // index in ids of the position whose follower is chosen next
    private int agreed;
    private boolean over;

    private Pass(int base, Drafts.Draft draft) {
      this.base = base;
      this.draft = draft;
      ids = new int[draft.ids().length + 1];
      ids[0] = last;
      System.arraycopy(draft.ids(), 0, ids, 1, draft.ids().length);
      wanted = choices();
    }

    /** The indices behind which there is a choice: a token that is forced needs no logits. */
    private int[] choices() {
      int[] indices = new int[ids.length];
      int count = 0;
      @Nullable GrammarState at = grammar == null ? null : grammar.copy();
      for (int i = 0; i < ids.length; i++) {
        if (at == null || at.soleToken() < 0) {
          indices[count++] = i;
        }
        if (at != null && i + 1 < ids.length) {
          at.accept(ids[i + 1]);
        }
      }
      return Arrays.copyOf(indices, count);
    }

    /** What to append to the session. */
    int[] ids() {
      return ids;
    }

    /** The indices of the ids behind which logits are needed. */
    int[] wanted() {
      return wanted;
    }

    /** Takes the logits of a wanted position, in order. */
    void take(int position, float[] logits) {
      heads++;
      goOnTo(position - base);
      if (!over) {
        choose(logits);
        verify();
      }
    }

    /** Ends the pass: takes back from the session what was not right. */
    void finish() {
      goOnTo(ids.length);
      session.truncate(base + next);
      passes++;
      draft.pace().note(draft.ids().length, agreed);
    }

    private void goOnTo(int index) {
      while (!over && next < index) {
        choose(null);
        verify();
      }
    }

    private void verify() {
      boolean agrees = next < draft.ids().length && last == draft.ids()[next];
      agreed += agrees ? 1 : 0;
      over = ended || !agrees;
      next++;
    }
  }

  /** Chooses the token that follows and hands it out, unless the text must stop here. */
  private void choose(float @Nullable [] logits) {
    if (grammar != null && grammar.mustStop()) {
      ended = true;
      return;
    }
    int id = grammar == null ? -1 : grammar.soleToken();
    if (id >= 0) {
      forced++;
    } else {
      id = sample(Objects.requireNonNull(logits, "logits: expected them where there is a choice"));
    }
    if (grammar != null && ending != null) {
      id = ending.instead(grammar, id, most - chosen);
      if (id < 0) {
        ended = true;
        return;
      }
    }
    last = id;
    chosen++;
    sampler.accept(id);
    ready.add(id);
    drafts.written(id);
    if (grammar == null) {
      grammar = triggered != null && id == trigger ? triggered.get() : null;
    } else if (grammar.allows(id)) {
      grammar.accept(id);
      ended = grammar.mustStop();
    }
    ended |= options.stopTokens().contains(id);
  }

  private int sample(float[] logits) {
    if (vocabulary.size() < logits.length) { // rows that only pad the embedding
      Arrays.fill(logits, vocabulary.size(), logits.length, Float.NEGATIVE_INFINITY);
    }
    if (grammar != null) {
      mask(grammar, logits);
    } else if (triggered != null
        && ending != null
        && !ending.hasRoom(triggered, most - chosen - 1)) {
      logits[trigger] = Float.NEGATIVE_INFINITY;
    }
    sampled++;
    return sampler.sample(logits);
  }

  /** Masks what may not come; a stop token may where the text is complete. */
  private void mask(GrammarState at, float[] logits) {
    float[] stops = new float[options.stopTokens().size()];
    for (int i = 0; i < stops.length; i++) {
      stops[i] = logits[options.stopTokens().get(i)];
    }
    at.mask(logits);
    for (int i = 0; i < stops.length && at.isComplete(); i++) {
      logits[options.stopTokens().get(i)] = stops[i];
    }
  }
}
