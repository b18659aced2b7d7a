package dev.zhixing.training.layer;

/** What the forward pass of one block keeps for its backward pass, for up to {@code tokens}. */
final class LayerState {
  final float[] input; // [tokens, dim]
  final float[] attentionInverse; // [tokens]
  final float[] qkv; // [tokens, qkvWidth], rotated
  final float[] attended; // [tokens, dim]
  final float[] logSums; // [tokens, heads]
  final float[] middle; // [tokens, dim]
  final float[] ffnInverse; // [tokens]
  final float[] gateUp; // [tokens, 2 * ffn]

  LayerState(ModelShape shape, int tokens) {
    input = new float[tokens * shape.dim()];
    attentionInverse = new float[tokens];
    qkv = new float[tokens * shape.qkvWidth()];
    attended = new float[tokens * shape.dim()];
    logSums = new float[tokens * shape.heads()];
    middle = new float[tokens * shape.dim()];
    ffnInverse = new float[tokens];
    gateUp = new float[tokens * 2 * shape.ffn()];
  }
}
