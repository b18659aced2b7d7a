package dev.zhixing.engine.kernel;

import java.lang.System.Logger.Level;

/** Whether the Vector API is there, and what is said where it cannot be used. */
final class VectorModule {
  /** What it means to go without it, as bench shows for a file in Q8_0. */
  static final String SLOWLY = "computing with scalar kernels, 8 to 20 times slower";

  private static final String NAME = "jdk.incubator.vector";

  private VectorModule() {}

  /** Looks for it; warns in {@code log} if Java was started without it. */
  static boolean isThere(System.Logger log) {
    boolean there = ModuleLayer.boot().findModule(NAME).isPresent();
    if (!there) {
      log.log(
          Level.WARNING,
          "The Vector API is not there: %s. Start Java with --add-modules %s"
              .formatted(SLOWLY, NAME));
    }
    return there;
  }
}
