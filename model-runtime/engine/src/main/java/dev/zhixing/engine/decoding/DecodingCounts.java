package dev.zhixing.engine.decoding;

/**
 * What a generation took.
 *
 * @param sampled tokens that the sampler chose
 * @param forced tokens that were the only allowed one, so that nothing was sampled
 * @param proposed drafted tokens that the model verified
 * @param accepted those of them that became part of the text
 * @param passes passes of the model
 */
public record DecodingCounts(int sampled, int forced, int proposed, int accepted, int passes) {}
