package dev.zhixing.chat;

import dev.zhixing.engine.sampling.Sampler;
import dev.zhixing.engine.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Proposes the tokens of a text one by one, in place of a model that knows something: the mask must
 * allow each of them.
 */
final class ScriptedSampler implements Sampler {
  private final int[] ids;
  private int at;

  private ScriptedSampler(int[] ids) {
    this.ids = ids;
  }

  static Sampler of(Tokenizer tokenizer, String text) {
    return new ScriptedSampler(tokenizer.encodeTrusted(text));
  }

  /** A text in ordinary tokens only, and what ends it. */
  static Sampler untrusted(Tokenizer tokenizer, String text, String end) {
    return new ScriptedSampler(
        IntStream.concat(
                Arrays.stream(tokenizer.encode(text)), Arrays.stream(tokenizer.encodeTrusted(end)))
            .toArray());
  }

  @Override
  public int sample(float[] logits) {
    if (at >= ids.length || !Float.isFinite(logits[ids[at]])) {
      throw new AssertionError("script: token " + at + " is not allowed here");
    }
    return ids[at];
  }

  @Override
  public void accept(int id) {
    if (at >= ids.length || id != ids[at]) {
      throw new AssertionError("script: expected token " + at + ", found " + id);
    }
    at++;
  }
}
