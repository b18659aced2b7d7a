package dev.zhixing.engine.family;

import dev.zhixing.engine.transformer.Activation;
import dev.zhixing.engine.transformer.Rope;
import java.util.EnumSet;
import java.util.Set;

/**
 * The description of a family. Immutable.
 *
 * @param architecture the value of {@code general.architecture}
 * @param rope which numbers rotate together
 * @param activation of the feed-forward block
 * @param traits what is special
 * @param window which layers see a window only
 * @param wideHeadLayers the number of layers of that one size of the family whose attention is
 *     scaled by {@code 1 / sqrt(width / heads)} instead of the head size; 0 for none
 */
record Family(
    String architecture,
    Rope.Style rope,
    Activation activation,
    Set<Trait> traits,
    Window window,
    int wideHeadLayers) {

  /**
   * Sliding windows.
   *
   * @param period every so many layers one sees all, the last of each period; 0 if none does
   * @param size the window of a file that does not tell it; 0 for none
   * @param ropeBase the base of those layers' rotation, which is not scaled then; 0 for the same
   *     rotation as the others'
   */
  record Window(int period, int size, float ropeBase) {
    /** No layer has a window, whatever the file says. */
    static final Window NEVER = new Window(1, 0, 0);

    /** All layers have one, if the file says so. */
    static final Window IF_TOLD = new Window(0, 0, 0);
  }

  static Family of(String architecture, Rope.Style rope, Trait... traits) {
    Set<Trait> set = EnumSet.noneOf(Trait.class);
    for (Trait trait : traits) {
      set.add(trait);
    }
    return new Family(architecture, rope, Activation.SILU, set, Window.NEVER, 0);
  }

  Family activation(Activation other) {
    return new Family(architecture, rope, other, traits, window, wideHeadLayers);
  }

  Family window(Window other) {
    return new Family(architecture, rope, activation, traits, other, wideHeadLayers);
  }

  Family wideHeads(int layers) {
    return new Family(architecture, rope, activation, traits, window, layers);
  }

  boolean has(Trait trait) {
    return traits.contains(trait);
  }
}
