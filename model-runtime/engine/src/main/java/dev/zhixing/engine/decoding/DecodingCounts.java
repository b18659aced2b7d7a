package dev.zhixing.engine.decoding;

/**
 * What a generation took.
 *
 * @param sampled tokens that the sampler chose
 * @param forced tokens that were the only allowed one, so that nothing was sampled
 * @param proposed tokens that the grammar drafted and the model verified
 * @param accepted those of them that became part of the text
 * @param lookedUp tokens that were drafted from the context and verified
 * @param lookedUpAccepted those of them that became part of the text
 * @param passes passes of the model
 * @param heads positions of which the logits were computed
 */
public record DecodingCounts(
    int sampled,
    int forced,
    int proposed,
    int accepted,
    int lookedUp,
    int lookedUpAccepted,
    int passes,
    int heads) {}
