package dev.zhixing.training.optimizer;

/**
 * The learning rate over a run: linear warm-up to the peak, a stable stretch, and a decay over the
 * last steps. With {@code decaySteps = steps - warmupSteps} there is no stable stretch: the classic
 * cosine. A run that is to go on later keeps the decay short and is resumed with more steps.
 *
 * @param steps steps of the whole run
 * @param warmupSteps steps until the peak is reached
 * @param decaySteps steps at the end over which the rate falls
 * @param decay the shape of the fall
 * @param peak highest learning rate
 * @param finalFraction the rate at the end as a fraction of the peak, 0 to 1
 */
public record Schedule(
    int steps, int warmupSteps, int decaySteps, Decay decay, double peak, double finalFraction) {

  /** The shape of the fall from the peak to the final rate. */
  public enum Decay {
    /** A straight line. */
    LINEAR,
    /** Half a cosine. */
    COSINE
  }

  /** Checks the ranges. */
  public Schedule {
    if (steps < 1 || warmupSteps < 0 || decaySteps < 0 || warmupSteps + decaySteps > steps) {
      throw new IllegalArgumentException(
          "schedule: expected warmupSteps + decaySteps within steps >= 1, found %d + %d in %d"
              .formatted(warmupSteps, decaySteps, steps));
    }
    if (!(peak > 0) || !(finalFraction >= 0 && finalFraction <= 1)) {
      throw new IllegalArgumentException(
          "schedule: expected peak > 0 and finalFraction from 0 to 1, found %s and %s"
              .formatted(peak, finalFraction));
    }
  }

  /** The learning rate of a step, counted from 0. */
  public double rate(int step) {
    if (step < warmupSteps) {
      return peak * (step + 1) / warmupSteps;
    }
    int decayStart = steps - decaySteps;
    if (step < decayStart) {
      return peak;
    }
    double done = decaySteps == 0 ? 1 : Math.min(1, (step - decayStart + 1.0) / decaySteps);
    double left =
        switch (decay) {
          case LINEAR -> 1 - done;
          case COSINE -> 0.5 * (1 + Math.cos(Math.PI * done));
        };
    return peak * (finalFraction + (1 - finalFraction) * left);
  }
}
