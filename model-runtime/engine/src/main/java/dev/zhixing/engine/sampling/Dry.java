package dev.zhixing.engine.sampling;

/**
 * "Don't repeat yourself": where the last tokens of the text have stood in it before, the token
 * that followed them there becomes less likely, by {@code multiplier · base^(length -
 * allowedLength)} for the longest such repetition.
 *
 * <p>Source: the DRY sampler of Philipp Emanuel Weidmann, as llama.cpp applies it.
 *
 * @param multiplier what a repetition of the allowed length costs in logits, above 0
 * @param base by what each further token multiplies it, 1 or more
 * @param allowedLength tokens, 1 or more; shorter repetitions cost nothing
 * @param range how many of the last tokens are looked at, 1 or more
 * @param breakers where repetitions end
 */
public record Dry(
    double multiplier, double base, int allowedLength, int range, SequenceBreakers breakers) {

  /** Checks the numbers. */
  public Dry {
    if (!(multiplier > 0 && multiplier < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "DRY multiplier: expected a number above 0, found " + multiplier);
    }
    if (!(base >= 1 && base < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("DRY base: expected 1 or more, found " + base);
    }
    if (allowedLength < 1) {
      throw new IllegalArgumentException(
          "DRY allowed length: expected 1 token or more, found " + allowedLength);
    }
    if (range < 1) {
      throw new IllegalArgumentException("DRY range: expected 1 token or more, found " + range);
    }
  }

  /** With the usual base of 1.75 and allowed length of 2, over the whole text. */
  public static Dry of(double multiplier, SequenceBreakers breakers) {
    return new Dry(multiplier, 1.75, 2, Integer.MAX_VALUE, breakers);
  }
}
