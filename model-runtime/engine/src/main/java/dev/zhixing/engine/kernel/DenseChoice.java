package dev.zhixing.engine.kernel;

import java.lang.System.Logger.Level;

/** Chooses the kernels of encoders, as {@link KernelChoice} does those of decoders. */
public final class DenseChoice {
  private static final System.Logger LOG = System.getLogger(DenseChoice.class.getName());

  private DenseChoice() {}

  /**
   * Returns the fastest kernels that can run here. The first call of a process takes a fraction of
   * a second, while the compiler works; it may run beside other preparations. Warns if they are not
   * vector kernels.
   */
  public static DenseKernels best() {
    if (!VectorModule.isThere(LOG)) {
      return scalar();
    }
    if (!DenseWarmUp.run()) {
      return instead("Java has not compiled them; is its C2 compiler switched off?");
    }
    DenseKernels kernels = new VectorDense();
    if (!DenseCheck.agree(kernels, scalar())) {
      return instead(
          "expected the bits of the scalar kernels, found others; please report this with your"
              + " processor and Java version.");
    }
    return kernels;
  }

  private static DenseKernels instead(String why) {
    LOG.log(
        Level.WARNING, "Vector API kernels of encoders: " + why + " Now " + VectorModule.SLOWLY);
    return scalar();
  }

  /** Returns the plain Java kernels, which run everywhere, slowly. */
  public static DenseKernels scalar() {
    return new ScalarDense();
  }
}
