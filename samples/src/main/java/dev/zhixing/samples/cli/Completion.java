package dev.zhixing.samples.cli;

import dev.zhixing.engine.Session;
import dev.zhixing.engine.decoding.Decoder;
import dev.zhixing.engine.decoding.DecodingOptions;
import dev.zhixing.engine.sampling.Sampler;
import dev.zhixing.engine.sampling.StopSequences;
import dev.zhixing.engine.sampling.StopStream;
import dev.zhixing.engine.tokenizer.Tokenizer;
import dev.zhixing.engine.tokenizer.Utf8Stream;
import java.io.PrintStream;
import java.util.Arrays;

/** Writes on from a prompt, token by token, until an end is reached or asked for. One use. */
final class Completion {

  /** Tokens of the prompt between two looks at whether to end. */
  private static final int CHUNK = 256;

  private final Session session;
  private final Tokenizer tokenizer;
  private final Sampler sampler;
  private final StopSequences stops;
  private final PrintStream out;
  private final Utf8Stream characters;
  private final StopStream shown;

  private volatile boolean cancelled;
  private int read;
  private int written;
  private long begun;
  private long first;
  private long last;

  Completion(
      Session session, Tokenizer tokenizer, Sampler sampler, StopSequences stops, PrintStream out) {
    this.session = session;
    this.tokenizer = tokenizer;
    this.sampler = sampler;
    this.stops = stops;
    this.out = out;
    this.characters = Utf8Stream.of(tokenizer);
    this.shown = stops.stream();
  }

  /** Ends as soon as possible; from any thread. */
  void cancel() {
    cancelled = true;
  }

  boolean isCancelled() {
    return cancelled;
  }

  /**
   * Reads the prompt and writes at most {@code limit} tokens. The penalties see the prompt.
   *
   * @throws dev.zhixing.engine.ContextFullException if the prompt does not fit
   */
  void write(int[] prompt, int limit) {
    begun = System.nanoTime();
    first = begun;
    last = begun;
    int ready = read(prompt);
    int room = Math.min(limit, session.contextLength() - prompt.length);
    if (cancelled || room <= 0) {
      return;
    }
    Decoder decoder = new Decoder(session, tokenizer, sampler, null, DecodingOptions.drafted());
    decoder.prefill(Arrays.copyOfRange(prompt, ready, prompt.length));
    read = prompt.length;
    first = System.nanoTime();
    boolean goesOn = true;
    while (goesOn && !cancelled && written < room) {
      goesOn = show(decoder.next());
    }
    last = System.nanoTime();
    print(shown.feed(characters.finish()) + shown.finish());
  }

  /** Reads all but the last chunk; returns how many tokens that were. */
  private int read(int[] prompt) {
    for (int id : prompt) {
      sampler.accept(id);
    }
    int ready = 0;
    for (; prompt.length - ready > CHUNK && !cancelled; ready += CHUNK) {
      session.appendWithoutLogits(Arrays.copyOfRange(prompt, ready, ready + CHUNK));
      read = ready + CHUNK;
      first = System.nanoTime();
    }
    return ready;
  }

  /** Shows a token; false where the text ends with it. */
  private boolean show(int id) {
    if (id == Decoder.ENDED || stops.isStopToken(id)) {
      return false;
    }
    written++;
    print(shown.feed(characters.feed(id)));
    return !shown.isStopped();
  }

  private void print(String text) {
    out.print(text);
    out.flush();
  }

  Throughput throughput() {
    return new Throughput(read, first - begun, written, last - first);
  }
}
