package dev.zhixing.engine.family;

/** What sets a family apart from llama: RMS norms, gated feed-forward blocks, no biases. */
enum Trait {
  /** Norms subtract the mean and have a bias. */
  LAYER_NORMS,
  /** Each head's query and key is normalised before it is rotated. */
  HEAD_NORMS,
  /** What attention and feed-forward blocks add is normalised, too. */
  POST_NORMS,
  /** Query, key and value have a bias. */
  QUERY_KEY_VALUE_BIASES,
  /** All matrices of a layer have a bias. */
  BIASES,
  /** The feed-forward block has no gate. */
  PLAIN_FEED_FORWARD,
  /** Gate and up lie in one tensor, the gate first. */
  FUSED_GATE,
  /** Every layer is a mixture of experts. */
  EXPERTS,
  /** A learned vector is added for each position. */
  LEARNED_POSITIONS,
  /** Scores of attention are bounded by 50 and logits by 30, unless the file says otherwise. */
  SOFT_CAPS,
  /** The embedding is multiplied by the root of the width. */
  SCALED_EMBEDDING
}
