package dev.zhixing.engine.kernel;

import dev.zhixing.engine.kernel.Compilation.Kernel;
import dev.zhixing.engine.tensor.TensorType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Has the vector kernels of decoders compiled, as far as a model needs them. */
final class WarmUp {
  private final float[] w = new float[64 * 256];
  private final float[] x = new float[1024];
  private final float[] y = new float[1024];
  private final byte[] blocks = new byte[1024];
  private final byte[] codes = new byte[4 * 1024 + 64];
  private final short[] inputs = new short[1024];
  private final int[] sums = new int[128];

  private final Kernel floats = this::multiplyFloats;
  private final List<Kernel> small =
      List.of(this::multiplySmall, this::addSmallBySix, this::addSmallByOne);
  private final List<Kernel> big = List.of(this::multiplyBig, this::addBigBySix, this::addBigByOne);

  private WarmUp() {}

  /**
   * Has the kernels of decoders compiled.
   *
   * @param types tells the types of the weight matrices; asked when the kernels that every model
   *     needs are compiled
   * @return whether they are compiled
   */
  static boolean run(Supplier<Set<TensorType>> types) {
    WarmUp kernels = new WarmUp();
    return Compilation.of(kernels.ofEveryModel()) && Compilation.of(kernels.of(types.get()));
  }

  private List<Kernel> ofEveryModel() {
    return List.of(this::addTwoBySix, this::exp, this::addTwoByOne);
  }

  private Set<Kernel> of(Set<TensorType> types) {
    Set<Kernel> kernels = new LinkedHashSet<>();
    for (TensorType type : types) {
      add(type, kernels);
    }
    return kernels;
  }

  private void add(TensorType type, Set<Kernel> kernels) {
    if (!type.isQuantized()) {
      kernels.add(floats);
      return;
    }
    kernels.addAll(type.parts() == 1 ? small : big);
    if (type != TensorType.Q8_0) { // whose codes are copied
      kernels.add((calls, terms) -> unpack(type, calls, terms));
    }
  }

  private void addTwoBySix(int calls, int terms) {
    for (int i = 0; i < calls; i++) {
      PanelTiles.addTwoBySix(w, 0, 32, Math.min(terms, 1), terms, x, 0, 16, 1, 1, y, 0, 32);
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

  private void multiplySmall(int calls, int terms) {
    for (int i = 0; i < calls; i++) {
      BlockProducts.addSmall(codes, 0, 1024, 32, terms, inputs, 0, 0, sums, 32);
    }
  }

  private void multiplyBig(int calls, int terms) {
    int columns = 256 * Math.min(terms, 1);
    for (int i = 0; i < calls; i++) {
      BlockProducts.big(codes, columns, blocks, inputs, 0, sums, 1);
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
