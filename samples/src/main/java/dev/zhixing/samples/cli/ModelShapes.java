package dev.zhixing.samples.cli;

import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;

/**
 * The sizes of a known model of Llama's shape, its head tied to its embedding.
 *
 * @param context tokens of a session
 * @param width numbers per token between the layers
 * @param layers number of layers
 * @param heads query heads
 * @param keyValueHeads key and value heads
 * @param inner numbers per token inside the feed-forward block
 * @param vocabulary number of tokens
 */
record ModelShapes(
    int context, int width, int layers, int heads, int keyValueHeads, int inner, int vocabulary) {

  private static final Map<String, ModelShapes> KNOWN =
      new TreeMap<>(
          Map.of(
              "stories-15m", new ModelShapes(256, 288, 6, 6, 6, 768, 32_000),
              "smollm-135m", new ModelShapes(2048, 576, 30, 9, 3, 1536, 49_152),
              "llama-1b", new ModelShapes(131_072, 2048, 16, 32, 8, 8192, 128_256),
              "llama-3b", new ModelShapes(131_072, 3072, 28, 24, 8, 8192, 128_256),
              "llama-8b", new ModelShapes(131_072, 4096, 32, 32, 8, 14_336, 128_256)));

  /** The names that can be asked for, for help texts. */
  static final class Names extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    Names() {
      super(KNOWN.keySet());
    }
  }

  static ModelShapes named(String name) {
    ModelShapes shapes = KNOWN.get(name);
    if (shapes == null) {
      throw new IllegalArgumentException(
          "--like: expected one of %s, found %s".formatted(KNOWN.keySet(), name));
    }
    return shapes;
  }
}
