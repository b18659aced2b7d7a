package dev.zhixing.samples.cli;

import dev.zhixing.engine.Session;
import dev.zhixing.engine.sampling.TokenLogprobs;
import dev.zhixing.engine.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * Scores a text chunk by chunk, by the definition of llama.cpp's perplexity tool: chunks of the
 * context's length follow one another without overlap; in each, the tokens of the second half are
 * scored given all before them in the chunk. Where the model expects a token that begins a
 * document, the text begins with it, and it stands in place of each chunk's first token.
 */
final class Perplexity {

  private static final int SHORTEST = 4;

  private final Session session;
  private final int[] tokens;
  private final int context;
  private final OptionalInt bos;
  private double sum; // of the negative log-probabilities
  private double squares;
  private int count;

  /**
   * @param context tokens of a chunk
   */
  Perplexity(Session session, Tokenizer tokenizer, String text, int context) {
    if (context < SHORTEST || context > session.contextLength()) {
      throw new IllegalArgumentException(
          "context: expected %d to %d tokens, found %d"
              .formatted(SHORTEST, session.contextLength(), context));
    }
    this.session = session;
    this.context = context;
    this.bos = tokenizer.addBos() ? tokenizer.bos() : OptionalInt.empty();
    int[] ids = tokenizer.encode(text);
    int begin = bos.isPresent() ? 1 : 0;
    tokens = new int[begin + ids.length];
    System.arraycopy(ids, 0, tokens, begin, ids.length);
    if (begin > 0) {
      tokens[0] = bos.getAsInt();
    }
    if (tokens.length < context) {
      throw new IllegalArgumentException(
          "text: expected %d tokens for one chunk or more, found %d; use a longer text or -c"
              .formatted(context, tokens.length));
    }
  }

  int chunks() {
    return tokens.length / context;
  }

  /** Scores a chunk, from 0 to {@link #chunks()} - 1. */
  void score(int chunk) {
    int[] ids = Arrays.copyOfRange(tokens, chunk * context, (chunk + 1) * context);
    if (bos.isPresent()) {
      ids[0] = bos.getAsInt();
    }
    int first = context / 2;
    session.truncate(0);
    session.appendWithoutLogits(Arrays.copyOf(ids, first));
    session.append(
        Arrays.copyOfRange(ids, first, context - 1),
        (position, logits) -> add(TokenLogprobs.of(logits, ids[position + 1], 0)));
  }

  private void add(TokenLogprobs scored) {
    double loss = -scored.chosen().logprob();
    sum += loss;
    squares += loss * loss;
    count++;
  }

  /** Tokens scored so far. */
  int count() {
    return count;
  }

  /** The exponential of the mean loss. */
  double value() {
    return Math.exp(sum / count);
  }

  /** The value's standard error, from that of the mean loss. */
  double error() {
    double mean = sum / count;
    double variance = squares / count - mean * mean;
    return variance > 0 && count > 1 ? value() * Math.sqrt(variance / (count - 1)) : 0;
  }
}
