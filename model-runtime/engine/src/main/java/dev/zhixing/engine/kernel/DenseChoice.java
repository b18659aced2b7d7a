package dev.zhixing.engine.kernel;

import java.lang.System.Logger.Level;

/** Chooses the kernels of encoders, as {@link KernelChoice} does those of decoders. */
public final class DenseChoice {
  private static final System.Logger LOG = System.getLogger(DenseChoice.class.getName());
  private static final String VECTOR_MODULE = "jdk.incubator.vector";

  private DenseChoice() {}

  /**
   * Returns the fastest kernels that can run here. The first call of a process takes a fraction of
   * a second, while the compiler works; it may run beside other preparations. Warns if they are not
   * vector kernels.
   */
  public static DenseKernels best() {
    if (ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()) {
      LOG.log(
          Level.WARNING,
          "The Vector API is not there: computing with scalar kernels, 8 to 20 times slower."
              + " Start Java with --add-modules "
              + VECTOR_MODULE);
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
        Level.WARNING,
        "Vector API kernels of encoders: "
            + why
            + " Computing with scalar kernels, 8 to 20 times slower");
    return scalar();
  }

  /** Returns the plain Java kernels, which run everywhere, slowly. */
  public static DenseKernels scalar() {
    return new ScalarDense();
  }
}
