package dev.zhixing.engine.family;

import dev.zhixing.engine.tensor.Tensor;
import dev.zhixing.engine.transformer.FeedForward;
import dev.zhixing.engine.transformer.ModelConfig;
import dev.zhixing.engine.transformer.Projection;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads mixtures of experts: three tensors of all experts, or two with gate and up joined, or, in
 * old files, three of each.
 */
final class ExpertReader {
  private final Family family;
  private final ModelConfig config;
  private final LayerReader layers;
  private final int count;
  private final int used;
  private final float scale;

  ExpertReader(Family family, MetadataSizes sizes, ModelConfig config, LayerReader layers) {
    this.family = family;
    this.config = config;
    this.layers = layers;
    this.count =
        family.has(Trait.EXPERTS)
            ? sizes.size("expert_count")
            : sizes.sizeOrZero("expert_count", 0);
    this.used = count > 0 ? sizes.size("expert_used_count") : 0;
    if (used > count) {
      throw sizes.wrong("expert_used_count", "1 to " + count, Integer.toString(used));
    }
    float told = sizes.real("expert_weights_scale", 1);
    this.scale = told == 0 ? 1 : told;
  }

  int count() {
    return count;
  }

  FeedForward.Experts read(String block) {
    int width = config.width();
    int inner = config.feedForwardWidth();
    Tensor router = layers.tensor(block.concat("ffn_gate_inp.weight"), count, width);
    List<FeedForward.Gated> experts = new ArrayList<>(count);
    boolean joined = layers.has(block.concat("ffn_gate_up_exps.weight"));
    List<Projection> gates =
        joined ? halves(block, 0, inner, width) : matrices(block.concat("ffn_gate"), inner, width);
    List<Projection> ups =
        joined
            ? halves(block, inner, inner, width)
            : matrices(block.concat("ffn_up"), inner, width);
    List<Projection> downs = matrices(block.concat("ffn_down"), width, inner);
    for (int e = 0; e < count; e++) {
      experts.add(
          new FeedForward.Gated(gates.get(e), ups.get(e), downs.get(e), family.activation()));
    }
    return new FeedForward.Experts(router, experts, used, scale);
  }

  private List<Projection> halves(String block, int from, int rows, int columns) {
    Tensor all = layers.tensor(block.concat("ffn_gate_up_exps.weight"), count, 2L * rows, columns);
    List<Projection> matrices = new ArrayList<>(count);
    for (int e = 0; e < count; e++) {
      matrices.add(Views.rows(all, new float[0], 2 * e * rows + from, rows));
    }
    return matrices;
  }

  private List<Projection> matrices(String name, int rows, int columns) {
    List<Projection> matrices = new ArrayList<>(count);
    if (layers.has(name.concat(".0.weight"))) {
      for (int e = 0; e < count; e++) {
        String one = name.concat(".").concat(Integer.toString(e)).concat(".weight");
        matrices.add(new Projection(layers.tensor(one, rows, columns)));
      }
    } else {
      Tensor all = layers.tensor(name.concat("_exps.weight"), count, rows, columns);
      for (int e = 0; e < count; e++) {
        matrices.add(Views.rows(all, new float[0], e * rows, rows));
      }
    }
    return matrices;
  }
}
