package dev.zhixing.training;

import dev.zhixing.training.kernel.Vectors;
import dev.zhixing.training.layer.PackedRow;
import dev.zhixing.training.layer.PackedWeights;
import dev.zhixing.training.layer.Transformer;
import dev.zhixing.training.layer.Weights;
import dev.zhixing.training.optimizer.AdamW;
import dev.zhixing.training.optimizer.Muon;
import java.util.Arrays;
import java.util.List;

/**
 * One step of training, shared out by rows: each thread runs whole rows forward and backward with
 * gradients of its own, which are then added in the order of the threads. Who does which row
 * depends on the rows alone, so results don't depend on timing.
 */
final class Step {
  private final Weights weights;
  private final PackedWeights packed;
  private final AdamW optimizer;
  private final Team team;
  private final Transformer[] transformers;
  private final float[][] gradients;
  private final double[] sums;
  private final List<Muon.Slice> slices;
  private final Muon[] muons;

  Step(TrainingConfig config, Weights weights, AdamW optimizer, Team team) {
    this.weights = weights;
    this.optimizer = optimizer;
    this.team = team;
    packed = new PackedWeights(weights.layout());
    transformers = new Transformer[team.size()];
    gradients = new float[team.size()][weights.values().length];
    sums = new double[team.size()];
    slices = optimizer.settings().muon() ? Muon.slices(weights.layout()) : List.of();
    muons = new Muon[team.size()];
    for (int i = 0; i < transformers.length; i++) {
      muons[i] = new Muon(slices);
      transformers[i] = new Transformer(weights, packed, config.rowLength());
    }
    team.run(this::pack);
  }

  /** What a step measured: the mean loss before the update and the norm of the gradient. */
  record Outcome(double loss, double gradientNorm) {}

  /**
   * Updates the weights once.
   *
   * @throws TrainingException if loss or gradient is not a number; the weights are unchanged then
   */
  Outcome run(List<PackedRow> rows, double totalWeight, int step, double rate) {
    float scale = totalWeight > 0 ? (float) (1 / totalWeight) : 0f;
    int[] owners = owners(rows);
    team.run(
        member -> {
          Arrays.fill(gradients[member], 0f);
          sums[member] = 0;
          for (int i = 0; i < owners.length; i++) {
            if (owners[i] == member) {
              sums[member] += transformers[member].backward(rows.get(i), scale, gradients[member]);
            }
          }
        });
    double loss = Arrays.stream(sums).sum() * scale;
    team.run(this::addGradients);
    double norm = Math.sqrt(Arrays.stream(sums).sum());
    if (!Double.isFinite(loss) || !Double.isFinite(norm)) {
      throw new TrainingException(
          "step %d: expected finite numbers, found loss %s and gradient norm %s; lower the rate"
              .formatted(step, loss, norm));
    }
    double clip = optimizer.clipFactor(norm);
    team.run(
        member -> {
          int from = bound(member);
          int to = bound(member + 1);
          optimizer.update(weights.values(), gradients[0], from, to, step, rate, clip);
          orthogonalize(member, rate);
        });
    team.run(this::pack);
    return new Outcome(loss, norm);
  }

  private void orthogonalize(int member, double rate) {
    double decay = rate * optimizer.settings().weightDecay();
    for (int i = member; i < slices.size(); i += team.size()) {
      muons[member].update(
          weights.values(), gradients[0], optimizer.means(), slices.get(i), rate, decay);
    }
  }

  /** The mean loss over rows, without learning. */
  double evaluate(List<PackedRow> rows) {
    int[] owners = owners(rows);
    team.run(
        member -> {
          sums[member] = 0;
          for (int i = 0; i < owners.length; i++) {
            if (owners[i] == member) {
              sums[member] += transformers[member].loss(rows.get(i));
            }
          }
        });
    return Arrays.stream(sums).sum() / rows.stream().mapToDouble(PackedRow::totalWeight).sum();
  }

  /** Each row goes to the thread that has least to do so far. */
  private int[] owners(List<PackedRow> rows) {
    int[] owners = new int[rows.size()];
    double[] load = new double[team.size()];
    for (int i = 0; i < owners.length; i++) {
      PackedRow row = rows.get(i);
      int least = 0;
      for (int member = 1; member < load.length; member++) {
        if (load[member] < load[least]) {
          least = member;
        }
      }
      owners[i] = least;
      load[least] +=
          weights.layout().shape().operations(row.tokens(), row.predictions(), row.pairs());
    }
    return owners;
  }

  private void addGradients(int member) {
    int from = bound(member);
    int to = bound(member + 1);
    for (int other = 1; other < gradients.length; other++) {
      Vectors.add(gradients[other], from, gradients[0], from, to - from);
    }
    sums[member] = Vectors.squares(gradients[0], from, to - from);
  }

  private void pack(int member) {
    for (int i = member; i < packed.matrices(); i += team.size()) {
      packed.pack(weights.values(), i);
    }
  }

  private int bound(int member) {
    long size = weights.values().length;
    return member == team.size() ? (int) size : (int) (size * member / team.size() / 16 * 16);
  }
}
