package dev.zhixing.engine.transformer;

/**
 * Consecutive tokens of one sequence, to be run in one pass, perhaps beside spans of others.
 *
 * @param cache the sequence's keys and values: holds the positions before {@code position}; what
 *     lies beyond is overwritten
 * @param position the first token's position
 * @param ids token ids; not copied
 * @param from the first id to use
 * @param count ids to use, 1 or more
 * @param contextLength how long the sequence may become; the same for all spans of a cache
 */
@SuppressWarnings("ArrayRecordComponent") // a view of ids, not a value to compare
public record Span(
    KeyValueCache cache, int position, int[] ids, int from, int count, int contextLength) {
  /** Of a sequence that may become as long as any. */
  public Span(KeyValueCache cache, int position, int[] ids, int from, int count) {
    this(cache, position, ids, from, count, Integer.MAX_VALUE);
  }
}
