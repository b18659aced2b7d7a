package dev.zhixing.engine.decoding;

import dev.zhixing.engine.Session;
import dev.zhixing.engine.SessionBatch;
import dev.zhixing.engine.grammar.GrammarState;
import dev.zhixing.engine.sampling.Sampler;
import dev.zhixing.engine.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Several continuations of one text, decoded in common passes. What comes before the fork is
 * computed once and its keys and values are shared. Each branch gets exactly the tokens that it
 * would get alone. Used by one thread at a time.
 */
public final class Branches implements AutoCloseable {
  private final SessionBatch batch;
  private final List<Decoder> decoders = new ArrayList<>();

  /**
   * How one branch chooses.
   *
   * @param sampler its own, as it may remember what was written; see {@link Sampler#fork}
   * @param grammar its own, or null for free text
   * @param trigger where a grammar begins later, or null
   * @param most tokens that will be taken; what is within a grammar is complete by then, see {@link
   *     Decoder#endWithin}. {@link Integer#MAX_VALUE} for any number
   */
  public record Branch(
      Sampler sampler, @Nullable GrammarState grammar, @Nullable Trigger trigger, int most) {
    /** A branch whose text is free, or within a grammar from its beginning, of any length. */
    public Branch(Sampler sampler, @Nullable GrammarState grammar) {
      this(sampler, grammar, null, Integer.MAX_VALUE);
    }
  }

  /**
   * A token from which on a text is within a grammar, see {@link Decoder#onToken}.
   *
   * @param id the token
   * @param then where the text is in its grammar behind the token
   */
  public record Trigger(int id, Supplier<GrammarState> then) {}

  /** Receives the tokens of the branches. */
  @FunctionalInterface
  public interface Listener {
    /** Takes the next token of a branch, counted from 0. */
    void token(int branch, int id);
  }

  /**
   * Forks a session.
   *
   * @param batch of the session's model; may serve others between the passes
   * @param session where the branches begin; not changed
   * @param logits those behind its last token; not changed
   */
  public Branches(
      SessionBatch batch,
      Session session,
      float[] logits,
      Tokenizer vocabulary,
      List<Branch> branches,
      DecodingOptions options) {
    this.batch = batch;
    for (Branch branch : branches) {
      Decoder decoder =
          new Decoder(session.fork(), vocabulary, branch.sampler(), branch.grammar(), options);
      Trigger trigger = branch.trigger();
      if (trigger != null) {
        decoder.onToken(trigger.id(), trigger.then());
      }
      decoder.endWithin(branch.most());
      decoders.add(decoder);
      decoder.start(logits.clone());
    }
  }

  /**
   * Hands over the tokens that are known, and runs one pass for the branches that go on.
   *
   * @return whether there is more to come
   */
  public boolean advance(Listener listener) {
    for (int i = 0; i < decoders.size(); i++) {
      Decoder decoder = decoders.get(i);
      while (!decoder.ended() && !decoder.needsPass()) {
        listener.token(i, decoder.next());
      }
    }
    List<Decoder.Pass> passes = new ArrayList<>();
    List<SessionBatch.Part> parts = new ArrayList<>();
    for (Decoder decoder : decoders) {
      if (decoder.needsPass()) {
        Decoder.Pass pass = decoder.nextPass();
        passes.add(pass);
        parts.add(new SessionBatch.Part(decoder.session(), pass.ids(), pass.wanted()));
      }
    }
    if (parts.isEmpty()) {
      return false;
    }
    batch.append(parts, (part, position, logits) -> passes.get(part).take(position, logits));
    passes.forEach(Decoder.Pass::finish);
    return true;
  }

  /** Ends a branch before its end, as {@link Decoder#flush} does; the others go on. */
  public void end(int branch) {
    decoders.get(branch).flush();
  }

  /** Returns whether no token of a branch is to come. */
  public boolean ended(int branch) {
    return decoders.get(branch).ended();
  }

  /** Returns whether a branch ended otherwise than the model wanted, to be complete in time. */
  public boolean cutShort(int branch) {
    return decoders.get(branch).cutShort();
  }

  /** Returns what a branch took. */
  public DecodingCounts counts(int branch) {
    return decoders.get(branch).counts();
  }

  /** Returns a branch's session, to be forked where the branch shall be kept; closed with this. */
  public Session session(int branch) {
    return decoders.get(branch).session();
  }

  /** Gives back the branches' keys and values. */
  @Override
  public void close() {
    decoders.forEach(decoder -> decoder.session().close());
  }
}
