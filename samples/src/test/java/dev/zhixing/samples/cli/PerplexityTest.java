package dev.zhixing.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.zhixing.engine.Model;
import dev.zhixing.engine.Session;
import dev.zhixing.engine.tokenizer.Tokenizer;
import dev.zhixing.models.EmbeddedModel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the definition, written down on the logits of each chunk. */
class PerplexityTest {

  private static final String TEXT =
      "Turn on the kitchen light. The kitchen light is on. 打开厨房的灯。厨房的灯开了。 ".repeat(12);

  @TempDir Path folder;

  @Test
  void scoresTheSecondHalfOfEachChunk() {
    int context = 32;
    try (Model model = Model.load(EmbeddedModel.tiny().extractTo(folder));
        Session session = model.newSession();
        Session other = model.newSession()) {
      Perplexity perplexity = new Perplexity(session, model.tokenizer(), TEXT, context);
      perplexity.score(0);
      perplexity.score(1);

      int[] ids = tokens(model.tokenizer());
      double[] losses =
          IntStream.range(0, 2)
              .boxed()
              .flatMapToDouble(c -> losses(other, model.tokenizer(), ids, c, context))
              .toArray();
      double mean = Arrays.stream(losses).average().orElseThrow();
      double variance = Arrays.stream(losses).map(l -> (l - mean) * (l - mean)).sum();
      variance /= losses.length;

      assertThat(perplexity.chunks()).isEqualTo(ids.length / context);
      assertThat(perplexity.count()).isEqualTo(losses.length).isEqualTo(2 * 15);
      assertThat(perplexity.value()).isCloseTo(Math.exp(mean), within(1e-6));
      double error = Math.exp(mean) * Math.sqrt(variance / (losses.length - 1));
      assertThat(perplexity.error()).isCloseTo(error, within(1e-6));
    }
  }

  @Test
  void refusesWhatGivesNoChunk() {
    try (Model model = Model.load(EmbeddedModel.tiny().extractTo(folder));
        Session session = model.newSession()) {
      assertThatThrownBy(() -> new Perplexity(session, model.tokenizer(), "too short", 32))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("text: expected 32 tokens for one chunk or more, found ");
      assertThatThrownBy(() -> new Perplexity(session, model.tokenizer(), TEXT, 3))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("context: expected 4 to ");
    }
  }

  private static int[] tokens(Tokenizer tokenizer) {
    int[] ids = tokenizer.encode(TEXT);
    return tokenizer.addBos()
        ? IntStream.concat(IntStream.of(tokenizer.bos().orElseThrow()), IntStream.of(ids)).toArray()
        : ids;
  }

  private static DoubleStream losses(
      Session session, Tokenizer tokenizer, int[] ids, int chunk, int context) {
    int[] own = Arrays.copyOfRange(ids, chunk * context, (chunk + 1) * context);
    if (tokenizer.addBos()) {
      own[0] = tokenizer.bos().orElseThrow();
    }
    session.truncate(0);
    double[] losses = new double[context];
    session.append(
        own,
        (position, logits) -> {
          if (position + 1 < context) {
            double sum = 0;
            for (float logit : logits) {
              sum += Math.exp(logit);
            }
            losses[position] = Math.log(sum) - logits[own[position + 1]];
          }
        });
    return Arrays.stream(losses, context / 2, context - 1);
  }
}
