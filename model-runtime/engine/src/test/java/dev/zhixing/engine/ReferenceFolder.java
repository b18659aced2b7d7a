package dev.zhixing.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Reference models and their logits, in a folder beside the checkout; tests skip without it. */
public final class ReferenceFolder {
  private static final int[] PROMPT = {
    510, 242, 261, 385, 483, 20, 75, 419, 483, 129, 160, 442, 217, 141, 421, 133, 210, 328, 281, 46,
    16, 440, 384, 426
  };

  private ReferenceFolder() {}

  /** Returns the tokens whose logits are known. */
  public static int[] prompt() {
    return PROMPT.clone();
  }

  /** Finds a model or skips the test. */
  public static Path gguf(String name) {
    Path start = Path.of(System.getProperty("user.dir")).toAbsolutePath();
    for (Path at = start; at != null; at = at.getParent()) {
      Path file = at.resolve("shared/reference/gguf").resolve(name);
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    return Assumptions.abort("no shared/reference/gguf/" + name + " in or above " + start);
  }

  /** Reads [positions][vocabulary] logits. */
  public static float[][] logits(String name, int vocabulary) {
    try {
      ByteBuffer bytes =
          ByteBuffer.wrap(Files.readAllBytes(gguf(name))).order(ByteOrder.LITTLE_ENDIAN);
      float[][] rows = new float[bytes.remaining() / 4 / vocabulary][vocabulary];
      for (float[] row : rows) {
        bytes.asFloatBuffer().get(row);
        bytes.position(bytes.position() + 4 * vocabulary);
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
