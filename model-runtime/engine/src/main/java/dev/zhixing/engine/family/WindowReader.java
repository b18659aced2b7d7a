package dev.zhixing.engine.family;

import dev.zhixing.engine.gguf.GgufMetadata;

/** Reads which layers see a window of the text only. */
final class WindowReader {
  private final int size;
  private final int period;
  private final boolean[] sliding; // layer by layer; empty if the period says it

  WindowReader(Family family, MetadataSizes sizes, GgufMetadata metadata, int layers) {
    Family.Window window = family.window();
    String pattern = "attention.sliding_window_pattern";
    boolean never = window.period() == 1;
    size = never ? 0 : sizes.sizeOrZero("attention.sliding_window", window.size());
    boolean array = !never && metadata.isArray(sizes.key(pattern));
    sliding = array ? metadata.flags(sizes.key(pattern)) : new boolean[0];
    period = never || array ? 1 : sizes.sizeOrZero(pattern, window.period());
    if (array && sliding.length < layers) {
      throw sizes.wrong(pattern, layers + " truth values", Integer.toString(sliding.length));
    }
  }

  /** Returns the window of a layer; 0 if it sees all. */
  int of(int layer) {
    boolean local =
        sliding.length > 0 ? sliding[layer] : period == 0 || layer % period < period - 1;
    return local ? size : 0;
  }
}
