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
 */
@SuppressWarnings("ArrayRecordComponent") // a view of ids, not a value to compare
public record Span(KeyValueCache cache, int position, int[] ids, int from, int count) {}
