package dev.zhixing.engine.kernel;

import dev.zhixing.engine.tensor.Tensor;
import dev.zhixing.engine.tensor.TensorType;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Chooses the kernels that suit this machine and this process, once for each model. The vector
 * kernels are compared with the scalar ones, and compiled, before anything relies on them.
 */
public final class KernelChoice {
  private static final System.Logger LOG = System.getLogger(KernelChoice.class.getName());

  private KernelChoice() {}

  /**
   * Returns the fastest kernels that can run here. The first call of a process takes a fraction of
   * a second, while the compiler works; it may run beside other preparations. Warns if they are not
   * vector kernels.
   */
  public static Kernels best() {
    return best(Map::of);
  }

  /**
   * As {@link #best()}, prepared for weights of some types.
   *
   * @param matrices gives a matrix of each type that a model has; it may be asked on this thread,
   *     late or never, and may wait
   */
  public static Kernels best(Supplier<Map<TensorType, Tensor>> matrices) {
    if (!VectorModule.isThere(LOG)) {
      return scalar();
    }
    return vector(matrices);
  }

  /** Returns the plain Java kernels, which run everywhere, slowly. */
  public static Kernels scalar() {
    return new ScalarKernels();
  }

  private static Kernels vector(Supplier<Map<TensorType, Tensor>> matrices) {
    Kernels kernels = new VectorKernels();
    if (!WarmUp.run(matrices)) {
      LOG.log(
          Level.WARNING,
          "{0} kernels: Java has not compiled them; is its C2 compiler switched off? Now "
              + VectorModule.SLOWLY,
          kernels.name());
      return scalar();
    }
    Optional<String> difference = KernelCheck.difference(kernels, matrices.get());
    if (difference.isPresent()) {
      LOG.log(
          Level.WARNING,
          "{0} kernels: expected the bits of the scalar kernels, found others in {1}; "
              + VectorModule.SLOWLY
              + ". Please report this with your processor and Java version",
          kernels.name(),
          difference.get());
      return scalar();
    }
    return kernels;
  }
}
