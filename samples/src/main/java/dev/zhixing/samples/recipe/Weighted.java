package dev.zhixing.samples.recipe;

/**
 * A situation and how often it should be drawn among others.
 *
 * @param situation what to draw from
 * @param weight its share, relative to the others of a list; above 0
 */
public record Weighted(Situation situation, double weight) {

  public Weighted {
    if (!(weight > 0)) {
      throw new IllegalArgumentException("weight: expected above 0, found " + weight);
    }
  }

  /** The same, the weight first. */
  public static Weighted of(double weight, Situation situation) {
    return new Weighted(situation, weight);
  }
}
