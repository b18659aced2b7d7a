package dev.zhixing.chat;

import dev.zhixing.engine.Session;
import dev.zhixing.engine.decoding.Decoder;
import dev.zhixing.engine.decoding.DecodingOptions;
import dev.zhixing.engine.grammar.Grammar;
import dev.zhixing.engine.sampling.Sampler;
import dev.zhixing.engine.tokenizer.Tokenizer;
import java.time.Duration;
import java.util.Arrays;

/**
 * Lets a model write one turn. What the grammar forces, and what may be copied from the
 * conversation, is drafted and verified in one pass. One use, one thread.
 */
final class TurnWriter {
  private final Session session;
  private final Tokenizer tokenizer;
  private final TurnBuilder turn;
  private final TurnListener listener;
  private final DecodingOptions options;

  TurnWriter(
      Session session,
      Tokenizer tokenizer,
      TurnBuilder turn,
      TurnListener listener,
      DecodingOptions options) {
    this.session = session;
    this.tokenizer = tokenizer;
    this.turn = turn;
    this.listener = listener;
    this.options = options;
  }

  /**
   * Reads what of the prompt is not in the session and writes the turn that follows. At its limit
   * the turn is complete: JSON is closed, no call breaks off. Where not even the shortest turn that
   * the grammar allows would fit, nothing is written.
   *
   * @param grammars what the turn may look like
   * @param most tokens to write, 1 or more
   */
  Turn write(Prompt prompt, Sampler sampler, TurnRules.Grammars grammars, int most) {
    Grammar whole = grammars.whole();
    Grammar calls = grammars.calls();
    Decoder decoder =
        new Decoder(session, tokenizer, sampler, whole == null ? null : whole.start(), options);
    if (calls != null) {
      decoder.onToken(grammars.trigger(), calls::start);
    }
    decoder.endWithin(most);
    prompt.results().forEach(result -> decoder.prefer(result.from(), result.to()));
    long started = System.nanoTime();
    decoder.prefill(Arrays.copyOfRange(prompt.ids(), session.length(), prompt.ids().length));
    long read = System.nanoTime();
    Turn.End end = grammars.fit(most) ? generate(decoder, most) : Turn.End.LIMIT;
    decoder.stop();
    return turn.turn(
        decoder.counts(),
        end,
        Duration.ofNanos(read - started),
        Duration.ofNanos(System.nanoTime() - read));
  }

  private Turn.End generate(Decoder decoder, int most) {
    while (turn.size() < most && !listener.isCancelled()) {
      int id = decoder.next();
      Turn.End end = id == Decoder.ENDED ? Turn.End.TURN : turn.accept(id);
      if (end != null) {
        return end == Turn.End.TURN && decoder.cutShort() ? Turn.End.LIMIT : end;
      }
    }
    return decoder.ended() && !decoder.cutShort() ? Turn.End.TURN : Turn.End.LIMIT;
  }
}
