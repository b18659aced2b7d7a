package dev.zhixing.engine.kernel;

/** Chooses the kernels that suit this machine. */
public final class KernelChoice {
  private KernelChoice() {}

  /** Returns the fastest kernels that this machine and this process can run. */
  public static Kernels best() {
    return new ScalarKernels();
  }
}
