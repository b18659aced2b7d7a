package dev.zhixing.engine.sampling;

/**
 * Random numbers whose whole state is one number, so that it can be copied; the same as those of
 * {@link java.util.SplittableRandom}.
 *
 * <p>Source: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators" (2014).
 */
final class SplitMix {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private long state;

  SplitMix(long seed) {
    state = seed;
  }

  SplitMix copy() {
    return new SplitMix(state);
  }

  /** A number from 0 to below 1, a multiple of 2^-53. */
  double nextDouble() {
    state += GOLDEN_GAMMA;
    long z = state;
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    z ^= z >>> 31;
    return (z >>> 11) * 0x1p-53;
  }
}
