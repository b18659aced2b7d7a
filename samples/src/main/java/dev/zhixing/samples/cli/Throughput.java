package dev.zhixing.samples.cli;

import java.util.Locale;

/**
 * How fast a model read and wrote.
 *
 * @param read tokens of the prompt that were computed
 * @param readNanos the time up to the first token of the answer
 * @param written tokens of the answer
 * @param writtenNanos the time from the first token of the answer to the last
 */
record Throughput(int read, long readNanos, int written, long writtenNanos) {

  /** A line for people. The first written token came out of the reading. */
  String inWords() {
    return String.format(
        Locale.ROOT,
        "prefill %d tokens, %s tok/s; decode %d tokens, %s tok/s",
        read,
        rate(read, readNanos),
        written,
        rate(Math.max(0, written - 1), writtenNanos));
  }

  private static String rate(int tokens, long nanos) {
    return tokens == 0 || nanos <= 0
        ? "-"
        : String.format(Locale.ROOT, "%.1f", tokens * 1e9 / nanos);
  }
}
