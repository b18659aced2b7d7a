package dev.zhixing.engine;

import dev.zhixing.engine.transformer.CacheType;

/**
 * What keys and values depend on, as a hash of 128 bits: the model with its tokenizer (its
 * fingerprint covers both, as they lie in one file), the template, how numbers are stored, the
 * version of the kernels, the tokens. Made to tell files apart, not to withstand forgers: readers
 * compare the model and the tokens themselves, too.
 *
 * @param high the first half
 * @param low the second half
 * @param model the model's fingerprint
 */
record SnapshotKey(long high, long low, long model) {
  /** Changes whenever a model would compute other bits. */
  private static final int KERNEL_VERSION = 4;

  private static final long STEP = 0x9E3779B97F4A7C15L;

  /** Returns the key of the first {@code count} of some tokens. */
  static SnapshotKey of(long model, String template, CacheType type, int[] ids, int count) {
    Mixer mixer = new Mixer();
    mixer.add(KERNEL_VERSION);
    mixer.add(model);
    mixer.add(type.id());
    mixer.add(template.length());
    for (int i = 0; i < template.length(); i++) {
      mixer.add(template.charAt(i));
    }
    mixer.add(count);
    for (int i = 0; i < count; i++) {
      mixer.add(ids[i]);
    }
    return new SnapshotKey(mix(mixer.high), mix(mixer.low), model);
  }

  /** The key as a file's name: 32 hexadecimal digits. */
  String name() {
    return digits(high) + digits(low);
  }

  private static String digits(long x) {
    String digits = Long.toHexString(x);
    return "0".repeat(16 - digits.length()) + digits;
  }

  /** Two chains whose states are permuted after each number. */
  private static final class Mixer {
    private long high = STEP;
    private long low = ~STEP;

    void add(long x) {
      high = mix(high ^ x) + STEP;
      low = mix(Long.rotateLeft(low, 23) + x) ^ high;
    }
  }

  /** The finalizer of SplitMix64 (Steele et al. 2014). */
  private static long mix(long x) {
    long z = (x ^ x >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
