package dev.zhixing.engine.kernel;

import dev.zhixing.engine.kernel.Compilation.Kernel;
import dev.zhixing.engine.tensor.Tensor;
import dev.zhixing.engine.tensor.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Has the vector kernels of decoders compiled, as far as a model needs them. */
final class WarmUp {
  /**
   * Rounds of a loop over mapped memory when it works: more than one, as the compiler moves the
   * checks of each access out of a loop only if the loop seems to be worth it; and few, as they are
   * slow until then. With 32, starting took 0.2 s longer.
   */
  private static final int MAPPED_ROUNDS = 2;

  /** Rounds that tell a compiled loop over mapped memory from another one. */
  private static final int MOST_MAPPED_ROUNDS = 4;

  private final float[] w = new float[64 * 256];
  private final float[] x = new float[1024];
  private final float[] y = new float[1024];
  private final byte[] blocks = new byte[1024];
  private final byte[] codes = new byte[4 * 1024 + 64];
  private final int[] sixes = new int[256 * Compilation.WORK];
  private final float[] products = new float[ShortNibbleProducts.SUM_STEP * 32];
  private final short[] shorts = new short[ShortNibbleProducts.CODE_ORDER.step() * 32];
  private final short[] halves = new short[HalfShortNibbleProducts.SCALE_STEP * 32];
  private final int[] sums = new int[128];

  private final List<Kernel> smallTiles = List.of(this::addSmallBySix, this::addSmallByOne);
  private final List<Kernel> bigTiles = List.of(this::addBigBySix, this::addBigByOne);

  private WarmUp() {}

  /**
   * Has the kernels of decoders compiled.
   *
   * @param matrices gives weights of each type that a model has; asked when the kernels that every
   *     model needs are compiled
   * @return whether they are compiled
   */
  static boolean run(Supplier<Map<TensorType, Tensor>> matrices) {
    WarmUp kernels = new WarmUp();
    return Compilation.of(kernels.ofEveryModel()) && Compilation.of(kernels.of(matrices.get()));
  }

  private List<Kernel> ofEveryModel() {
    return List.of(this::addTwoBySix, this::exp, this::addTwoByFour, this::addTwoByOne);
  }

  private Set<Kernel> of(Map<TensorType, Tensor> matrices) {
    Set<Kernel> kernels = new LinkedHashSet<>();
    matrices.forEach((type, weights) -> add(type, weights.data(), kernels));
    return kernels;
  }

  private void add(TensorType type, MemorySegment weights, Set<Kernel> kernels) {
    if (!type.isQuantized()) {
      kernels.add(this::multiplyFloats);
      return;
    }
    kernels.addAll(ofRows(type, weights));
    kernels.addAll(type.parts() > 1 ? bigTiles : smallTiles);
    if (type != TensorType.Q8_0) { // whose codes are copied
      kernels.add((calls, terms) -> unpack(type, calls, terms));
    }
  }

  /** Returns the kernels of {@link Kernels#multiplyRows} for a type. */
  private List<Kernel> ofRows(TensorType type, MemorySegment weights) {
    if (weights.isMapped() && VectorKernels.WIDE) {
      if (type == TensorType.Q8_0) {
        return List.of((calls, n) -> sumBytes(weights, calls, n), this::addByteTotals);
      }
      if (type == TensorType.Q4_0) {
        return List.of((calls, n) -> sumNibbles(weights, calls, n), this::addNibbleTotals);
      }
      if (type == TensorType.Q6_K && VectorKernels.WIDEST) {
        return List.of((calls, n) -> sumSixes(weights, calls, n), this::addSixTotals);
      }
    }
    return type.parts() > 1 ? List.of(this::addBig) : List.of(this::addCodes, this::addTotals);
  }

  private void addTwoBySix(int calls, int terms) {
    for (int i = 0; i < calls; i++) {
      PanelTiles.addTwoBySix(w, 0, 32, Math.min(terms, 1), terms, x, 0, 16, 1, 1, y, 0, 32);
    }
  }

  private void addTwoByFour(int calls, int terms) {
    for (int i = 0; i < calls; i++) {
      PanelTiles.addTwoByFour(w, 0, 32, Math.min(terms, 1), terms, x, 0, 16, 1, 1, y, 0, 32);
    }
  }

  private void addTwoByOne(int calls, int terms) {
    for (int i = 0; i < calls; i++) {
      PanelTiles.addTwoByOne(w, 0, 32, Math.min(terms, 1), terms, x, 0, 1, 1, y, 0);
    }
  }

  private void exp(int calls, int terms) {
    for (int i = 0; i < calls; i++) {
      VectorExp.apply(y, 0, 16 * terms, 0, -1);
    }
  }

  private void addCodes(int calls, int terms) {
    for (int i = 0; i < calls; i++) {
      BlockProducts.addCodes(codes, 0, 1024, terms, x, 0, 0, products, 0);
    }
  }

  private void sumBytes(MemorySegment weights, int calls, int terms) {
    int count = blocks(TensorType.Q8_0, weights, terms);
    for (int i = 0; i < calls; i++) {
      if (VectorKernels.WIDEST) {
        ShortProducts.sumBytes(weights, 0, 0, count, shorts, 0, products, 0, halves, 0);
      } else {
        HalfShortProducts.sumBytes(weights, 0, 0, count, shorts, 0, products, 0, halves, 0);
      }
    }
  }

  private void sumNibbles(MemorySegment weights, int calls, int terms) {
    int count = blocks(TensorType.Q4_0, weights, terms);
    long from = TensorType.Q4_0.blockBytes(); // as some bytes before a block are read
    for (int i = 0; i < calls; i++) {
      if (VectorKernels.WIDEST) {
        ShortNibbleProducts.sumNibbles(weights, from, 0, count, shorts, 0, products, 0, halves, 0);
      } else {
        HalfShortNibbleProducts.sumNibbles(
            weights, from, 0, count, shorts, 0, products, 0, halves, 0);
      }
    }
  }

  private void sumSixes(MemorySegment weights, int calls, int terms) {
    int count = blocks(TensorType.Q6_K, weights, terms);
    for (int i = 0; i < calls; i++) {
      ShortSixProducts.sumSixes(weights, 0, 0, count, shorts, 0, sums, sums, halves);
    }
  }

  /**
   * Returns how many blocks of so many a kernel reads that works on mapped memory, without the
   * first and the last one.
   */
  private static int blocks(TensorType type, MemorySegment weights, int terms) {
    int asked = Math.min(MOST_MAPPED_ROUNDS, MAPPED_ROUNDS * terms);
    return Math.clamp(weights.byteSize() / type.blockBytes() - 2, 0, asked);
  }

  private void addTotals(int calls, int terms) {
    for (int i = 0; i < calls; i++) {
      RowTotals.add(w, 0, 1024, terms, y, 0, x, 0, y, 0);
    }
  }

  private void addByteTotals(int calls, int terms) {
    for (int i = 0; i < calls; i++) {
      if (VectorKernels.WIDEST) {
        ShortProducts.addTotals(products, terms, w, x, 0, y, 0);
      } else {
        HalfShortProducts.addTotals(products, terms, w, x, 0, y, 0);
      }
    }
  }

  private void addNibbleTotals(int calls, int terms) {
    for (int i = 0; i < calls; i++) {
      if (VectorKernels.WIDEST) {
        ShortNibbleProducts.addTotals(products, terms, w, x, x, 0, y, 0);
      } else {
        HalfShortNibbleProducts.addTotals(products, terms, w, x, x, 0, y, 0);
      }
    }
  }

  private void addBig(int calls, int terms) {
    int columns = 256 * Math.min(terms, 1);
    for (int i = 0; i < calls; i++) {
      BlockProducts.addBig(codes, columns, y, x, 0, sums, 0, 1);
    }
  }

  private void addSmallBySix(int calls, int terms) {
    int count = Math.min(terms, 1);
    for (int i = 0; i < calls; i++) {
      SmallBlockTiles.addTwoBySix(w, 0, 32, w, 0, count, x, 0, 32, x, 0, 1, y, 0, 32);
    }
  }

  private void addSmallByOne(int calls, int terms) {
    int count = Math.min(terms, 1);
    for (int i = 0; i < calls; i++) {
      SmallBlockTiles.addTwoByOne(w, 0, 32, w, 0, count, x, 0, x, 0, y, 0);
    }
  }

  private void addBigBySix(int calls, int terms) {
    int count = Math.min(terms, 1);
    for (int i = 0; i < calls; i++) {
      SuperBlockTiles.addTwoBySix(w, 0, 32, w, 0, count, x, 0, 32, x, 0, 1, y, 0, 32);
    }
  }

  private void addBigByOne(int calls, int terms) {
    int count = Math.min(terms, 1);
    for (int i = 0; i < calls; i++) {
      SuperBlockTiles.addTwoByOne(w, 0, 32, w, 0, count, x, 0, x, 0, y, 0);
    }
  }

  private void addSixTotals(int calls, int terms) {
    for (int i = 0; i < calls; i++) {
      ShortSixProducts.addTotals(sixes, terms, w, x, 0, y, 0);
    }
  }

  private void unpack(TensorType type, int calls, int terms) {
    for (int i = 0; i < calls; i++) {
      Unpack.codes(type, blocks, 0, terms == 0 ? 0 : type.blockSize(), codes);
    }
  }

  private void multiplyFloats(int calls, int terms) {
    int count = 16 * Math.min(terms, 16);
    for (int i = 0; i < calls; i++) {
      RowProducts.addFloats(w, 256, count, x, 0, 0, y, 0);
    }
  }
}
