package dev.zhixing.chat;

import dev.zhixing.chat.format.TurnFormat;
import dev.zhixing.engine.sampling.LogprobsSampler;
import dev.zhixing.engine.sampling.Sampler;
import dev.zhixing.engine.sampling.SamplingOptions;
import dev.zhixing.engine.sampling.TokenLogprobs;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** What chooses the tokens of a turn. */
final class TurnSamplers {
  private TurnSamplers() {}

  /**
   * A sampler that keeps to a request's wishes, where no grammar does.
   *
   * @param maker makes the one that chooses among what may come
   * @param logprobs takes how likely each token was, if that is asked for
   * @param grammars what holds for the turn
   * @param most tokens of the turn; a call that must come begins by half of them
   */
  static Sampler of(
      Wishes wishes,
      TurnFormat format,
      Function<SamplingOptions, Sampler> maker,
      List<TokenLogprobs> logprobs,
      TurnRules.Grammars grammars,
      int most) {
    Sampler sampler = maker.apply(wishes.sampling());
    Integer rivals = wishes.parameters().topLogprobs();
    if (rivals != null) {
      sampler = new LogprobsSampler(sampler, rivals, logprobs::add);
    }
    if (grammars.whole() != null) {
      return sampler;
    }
    int[] trigger = format.spellings().in(format.shape().trigger());
    if (wishes.mustCall() && format.speaksBeforeCalls()) {
      sampler = new InsistingSampler(sampler, trigger[0], format.ends(), grammars.patience(most));
    }
    boolean mayCall = !wishes.callable().isEmpty();
    return new MaskingSampler(
        sampler, mayCall ? format.structure() : concat(format.structure(), trigger));
  }

  private static int[] concat(int[] a, int[] b) {
    return IntStream.concat(Arrays.stream(a), Arrays.stream(b)).toArray();
  }
}
