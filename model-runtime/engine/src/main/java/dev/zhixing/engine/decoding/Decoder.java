package dev.zhixing.engine.decoding;

import dev.zhixing.engine.Session;
import dev.zhixing.engine.grammar.GrammarState;
import dev.zhixing.engine.sampling.Sampler;
import dev.zhixing.engine.tokenizer.Tokenizer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Generates tokens on a session, one at a time, within a grammar if one is given, up to a stop
 * token or to where the grammar lets nothing more follow. What the grammar forces is proposed as a
 * draft and verified by the model's next pass, which computes all of it at once: a proposed token
 * is kept only if it is what the sampler chooses from that position's masked logits, so the tokens
 * are exactly those of plain decoding.
 *
 * <p>The last tokens that {@link #next} returned may not be in the session yet: they go in with the
 * next pass, or with {@link #flush}. Used by one thread at a time, like its session.
 *
 * <p>Source: Leviathan et al., "Fast Inference from Transformers via Speculative Decoding" (2023),
 * with the grammar as the draft model.
 */
public final class Decoder {
  /** What {@link #next} returns when the generation has ended. */
  public static final int ENDED = -1;

  private final Session session;
  private final Sampler sampler;
  private final @Nullable GrammarState grammar;
  private final DecodingOptions options;
  private final Drafter drafter;
  private final ArrayDeque<Integer> ready = new ArrayDeque<>();
  private int last = ENDED; // chosen, but not in the session yet
  private boolean started;
  private boolean ended;
  private int sampled;
  private int forced;
  private int proposed;
  private int accepted;
  private int passes;

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
    this.sampler = sampler;
    this.grammar = grammar;
    this.options = options;
    this.drafter = new Drafter(vocabulary);
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
    choose(logits);
  }

  /** The next token, or {@link #ENDED}. */
  public int next() {
    if (!started) {
      throw new IllegalStateException("decoder: expected start or prefill before next");
    }
    if (ready.isEmpty() && !ended) {
      pass();
    }
    Integer id = ready.poll();
    return id == null ? ENDED : id;
  }

  /** Whether all tokens were handed out and no more will come. */
  public boolean ended() {
    return ended && ready.isEmpty();
  }

  /** What it took so far. */
  public DecodingCounts counts() {
    return new DecodingCounts(sampled, forced, proposed, accepted, passes);
  }

  /**
   * Ends the generation and appends to the session the chosen token that is not in it yet, so that
   * it holds exactly what {@link #next} returned; tokens that were not handed out are taken back.
   */
  public void flush() {
    ended = true;
    int notHandedOut = ready.size();
    ready.clear();
    if (last == ENDED) {
      return;
    }
    if (notHandedOut == 0) {
      session.appendWithoutLogits(last);
    } else {
      session.truncate(session.length() - notHandedOut + 1);
    }
    last = ENDED;
  }

  /** One pass of the model over the last token and a draft; at least one more token is chosen. */
  private void pass() {
    int[] draft = draft();
    int[] ids = new int[draft.length + 1];
    ids[0] = last;
    System.arraycopy(draft, 0, ids, 1, draft.length);
    Verification verification = new Verification(session.length(), draft);
    session.append(ids, verification::take);
    passes++;
    proposed += draft.length;
    accepted += verification.agreed;
    session.truncate(verification.keep);
  }

  private int[] draft() {
    int room = session.contextLength() - session.length() - 1;
    int most = Math.min(options.mostDrafts(), room);
    return grammar == null || most <= 0 ? new int[0] : drafter.propose(grammar, most);
  }

  /** Goes through a pass position by position, until a draft is wrong or the text ends. */
  private final class Verification {
    private final int base;
    private final int[] draft;
    private int keep;
    private int agreed;
    private boolean over;

    Verification(int base, int[] draft) {
      this.base = base;
      this.draft = draft;
    }

    void take(int position, float[] logits) {
      if (over) {
        return;
      }
      keep = position + 1;
      choose(logits);
      int i = position - base;
      boolean agrees = i < draft.length && last == draft[i];
      agreed += agrees ? 1 : 0;
      over = ended || !agrees;
    }
  }

  /** Chooses the token that follows and hands it out, unless the text must stop here. */
  private void choose(float[] logits) {
    if (grammar != null && grammar.mustStop()) {
      ended = true;
      return;
    }
    int id = grammar == null ? sample(logits) : chooseWithin(grammar, logits);
    last = id;
    sampler.accept(id);
    ready.add(id);
    drafter.written(id);
    if (grammar != null && grammar.allows(id)) {
      grammar.accept(id);
      ended = grammar.mustStop();
    }
    ended |= options.stopTokens().contains(id);
  }

  private int chooseWithin(GrammarState at, float[] logits) {
    int sole = at.soleToken();
    if (sole >= 0) {
      forced++;
      return sole;
    }
    float[] stops = new float[options.stopTokens().size()];
    for (int i = 0; i < stops.length; i++) {
      stops[i] = logits[options.stopTokens().get(i)];
    }
    at.mask(logits);
    for (int i = 0; i < stops.length && at.isComplete(); i++) {
      logits[options.stopTokens().get(i)] = stops[i];
    }
    return sample(logits);
  }

  private int sample(float[] logits) {
    sampled++;
    return sampler.sample(logits);
  }
}
