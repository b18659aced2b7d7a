package dev.zhixing.engine;

/**
 * What a pool has done and holds.
 *
 * @param taken sessions that were taken
 * @param asked tokens that they were taken for
 * @param reused those of them whose keys and values were there
 * @param evicted kept transcripts that made room for others
 * @param kept transcripts that are kept now
 * @param bytes memory of the pages of keys and values, of taken sessions too, shared ones once
 */
public record PoolCounts(long taken, long asked, long reused, long evicted, int kept, long bytes) {}
