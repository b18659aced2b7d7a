package dev.zhixing.engine.kernel;

/**
 * How the codes of an input lie in 16 bits for products with rows of one type.
 *
 * @param step numbers from a block to the next one
 * @param arrangement writes the codes of a block
 */
record CodeOrder(int step, Arrangement arrangement) {
  /** Writes the codes of a block. */
  @FunctionalInterface
  interface Arrangement {
    /**
     * Writes the codes of a block.
     *
     * @param codes from {@code from} on
     * @param shorts from {@code to} on
     */
    void arrange(float[] codes, int from, short[] shorts, int to);
  }

  /** Blocks of 32 codes, as they come. */
  static CodeOrder plain(int step) {
    return new CodeOrder(step, CodeOrder::copy);
  }

  private static void copy(float[] codes, int from, short[] shorts, int to) {
    for (int i = 0; i < 32; i++) {
      shorts[to + i] = (short) codes[from + i];
    }
  }
}
