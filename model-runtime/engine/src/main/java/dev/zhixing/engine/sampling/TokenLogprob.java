package dev.zhixing.engine.sampling;

/**
 * How likely a token is.
 *
 * @param id the token
 * @param logprob the natural logarithm of its probability; negative infinity for a masked token
 */
public record TokenLogprob(int id, double logprob) {}
