package dev.zhixing.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link Exp} in vectors: the same operations in the same order, hence the same bits. */
final class VectorExp {
  private static final VectorSpecies<Float> SPECIES = VectorKernels.SPECIES;
  private static final int L = SPECIES.length();

  private VectorExp() {}

  /** Replaces {@code x} by {@code exp((x - minus) · factor)}, whole vectors only. */
  static void apply(float[] x, int from, int to, float minus, float factor) {
    FloatVector log2e = FloatVector.broadcast(SPECIES, Exp.LOG2_E);
    FloatVector rounder = FloatVector.broadcast(SPECIES, Exp.ROUNDER);
    FloatVector ln2High = FloatVector.broadcast(SPECIES, -Exp.LN2_HIGH);
    FloatVector ln2Low = FloatVector.broadcast(SPECIES, -Exp.LN2_LOW);
    for (int i = from; i < to; i += L) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, i).sub(minus).mul(factor);
      v = v.min(Exp.HIGHEST).max(Exp.LOWEST);
      FloatVector shifted = v.fma(log2e, rounder);
      FloatVector n = shifted.sub(Exp.ROUNDER);
      FloatVector r = n.fma(ln2Low, n.fma(ln2High, v));
      FloatVector p = r.mul(Exp.P0).add(Exp.P1);
      p = p.mul(r).add(Exp.P2);
      p = p.mul(r).add(Exp.P3);
      p = p.mul(r).add(Exp.P4);
      p = p.mul(r).add(Exp.P5);
      p = p.mul(r.mul(r)).add(r).add(1);
      p.mul(
              shifted
                  .reinterpretAsInts()
                  .add(127 - Exp.ROUNDER_BITS)
                  .lanewise(VectorOperators.LSHL, 23)
                  .reinterpretAsFloats())
          .intoArray(x, i);
    }
  }
}
