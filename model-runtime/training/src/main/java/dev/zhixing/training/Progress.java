package dev.zhixing.training;

import java.time.Duration;
import java.util.Locale;

/**
 * One step of a run, after it is done.
 *
 * @param step steps taken, this one included
 * @param steps steps of the whole run
 * @param loss mean loss of the step's predictions before the update, in nats
 * @param rate learning rate
 * @param gradientNorm norm of the gradient before clipping
 * @param tokens tokens of the step
 * @param predictions tokens of the step that had a loss
 * @param seconds wall-clock time of the step, without pauses
 * @param gigaflops billions of floating-point operations per second
 * @param left time to the end of the run at the recent pace
 */
public record Progress(
    int step,
    int steps,
    double loss,
    double rate,
    double gradientNorm,
    long tokens,
    long predictions,
    double seconds,
    double gigaflops,
    Duration left) {
  static final String HEADER =
      "step\tloss\trate\tgradient_norm\ttokens\tpredictions\tseconds\tgflops";

  /** Tokens per second. */
  public double tokensPerSecond() {
    return tokens / seconds;
  }

  /** One line for a person. */
  public String line() {
    return String.format(
        Locale.ROOT,
        "step %d/%d  loss %.4f  rate %.2e  norm %.2f  %.0f tok/s  %.0f GFLOP/s  %d:%02d:%02d left",
        step,
        steps,
        loss,
        rate,
        gradientNorm,
        tokensPerSecond(),
        gigaflops,
        left.toHours(),
        left.toMinutesPart(),
        left.toSecondsPart());
  }

  String row() {
    return String.format(
        Locale.ROOT,
        "%d\t%.6f\t%.6e\t%.5f\t%d\t%d\t%.4f\t%.2f",
        step,
        loss,
        rate,
        gradientNorm,
        tokens,
        predictions,
        seconds,
        gigaflops);
  }
}
