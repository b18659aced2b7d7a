package dev.zhixing.chat;

import dev.zhixing.chat.format.TemplateFormat;
import dev.zhixing.engine.Session;
import dev.zhixing.engine.decoding.Decoder;
import dev.zhixing.engine.decoding.DecodingCounts;
import dev.zhixing.engine.decoding.DecodingOptions;
import dev.zhixing.engine.grammar.Grammar;
import dev.zhixing.engine.sampling.Sampler;
import dev.zhixing.engine.tokenizer.Tokenizer;
import dev.zhixing.engine.tokenizer.Utf8Stream;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets a model with a chat template write one turn. What the grammar forces is drafted and verified
 * in one pass. One use, one thread.
 */
final class TemplateTurnWriter {
  private final Session session;
  private final Tokenizer tokenizer;
  private final TemplateFormat format;
  private final TurnReader reader;
  private final TurnListener listener;
  private final TokenBuffer ids = new TokenBuffer();
  private final Utf8Stream characters;
  private final BitSet ends = new BitSet();
  private final BitSet shown = new BitSet();

  TemplateTurnWriter(
      Session session,
      Tokenizer tokenizer,
      TemplateFormat format,
      TurnReader reader,
      TurnListener listener) {
    this.session = session;
    this.tokenizer = tokenizer;
    this.characters = Utf8Stream.of(tokenizer);
    this.format = format;
    this.reader = reader;
    this.listener = listener;
    for (int id : format.ends()) {
      ends.set(id);
    }
    for (int id : format.markTokens()) {
      shown.set(id);
    }
  }

  /**
   * Reads the pending tokens and writes the turn that follows them.
   *
   * @param grammar what the turn may look like, null for free text
   */
  TemplateTurn write(int[] pending, Sampler sampler, @Nullable Grammar grammar, int most) {
    List<Integer> stops = Arrays.stream(format.ends()).boxed().toList();
    Sampler masked = masked(sampler, format, grammar);
    Decoder decoder =
        new Decoder(
            session,
            tokenizer,
            masked,
            grammar == null ? null : grammar.start(),
            DecodingOptions.drafted(stops.toArray(new Integer[0])));
    long started = System.nanoTime();
    decoder.prefill(pending);
    long read = System.nanoTime();
    TemplateTurn.End end = generate(decoder, most);
    decoder.flush();
    return turn(
        decoder.counts(),
        end,
        Duration.ofNanos(read - started),
        Duration.ofNanos(System.nanoTime() - read));
  }

  /** A sampler that keeps to a request's format where no grammar does. */
  static Sampler masked(Sampler sampler, TemplateFormat format, @Nullable Grammar grammar) {
    return grammar == null ? new Masked(sampler, format.structure()) : sampler;
  }

  /** The turn, after its last token. */
  TemplateTurn turn(
      DecodingCounts counts, TemplateTurn.End end, Duration prefill, Duration decode) {
    reader.feed(characters.finish());
    reader.finish();
    return new TemplateTurn(
        reader.thoughts(),
        reader.text(),
        List.copyOf(reader.calls()),
        ids.toArray(),
        counts,
        end,
        prefill,
        decode);
  }

  private TemplateTurn.End generate(Decoder decoder, int most) {
    while (ids.size() < most && !listener.isCancelled()) {
      int id = decoder.next();
      if (id == Decoder.ENDED) {
        return TemplateTurn.End.TURN;
      }
      TemplateTurn.End end = accept(id);
      if (end != null) {
        return end;
      }
    }
    return decoder.ended() ? TemplateTurn.End.TURN : TemplateTurn.End.LIMIT;
  }

  /** Takes the turn's next token; how the turn ends with it, or null where it goes on. */
  TemplateTurn.@Nullable End accept(int id) {
    ids.add(id);
    if (ends.get(id)) {
      return TemplateTurn.End.TURN;
    }
    boolean isHidden = tokenizer.isSpecial(id) && !shown.get(id) && looksLikeControl(id);
    reader.feed(isHidden ? "" : characters.feed(id));
    return reader.isStopped() ? TemplateTurn.End.STOP_SEQUENCE : null;
  }

  private boolean looksLikeControl(int id) {
    byte[] bytes = tokenizer.bytes(id);
    return bytes.length > 2 && bytes[0] == '<' && bytes[bytes.length - 1] == '>';
  }

  /** Never chooses what only the template may write. */
  private record Masked(Sampler inner, @SuppressWarnings("ArrayRecordComponent") int[] never)
      implements Sampler {
    @Override
    public int sample(float[] logits) {
      for (int id : never) {
        logits[id] = Float.NEGATIVE_INFINITY;
      }
      return inner.sample(logits);
    }

    @Override
    public void accept(int id) {
      inner.accept(id);
    }

    @Override
    public Sampler copy() {
      return new Masked(inner.copy(), never);
    }
  }
}
