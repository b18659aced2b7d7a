package dev.zhixing.engine.fuzz;

import dev.zhixing.engine.gguf.GgufException;
import dev.zhixing.engine.gguf.GgufFile;
import dev.zhixing.engine.tensor.Tensor;
import java.nio.file.Path;

/** GGUF files: keys, tensors of every type, the model that they make and its first token. */
public final class GgufFuzz {
  private static final String NAME = "hostile.gguf";
  private static final InputFolder FOLDER = new InputFolder();

  private GgufFuzz() {}

  /** Reads an input. */
  public static void fuzzerTestOneInput(byte[] input) {
    isTaken(input);
  }

  static boolean isTaken(byte[] input) {
    return HostileInput.isTaken(
        GgufException.class,
        NAME,
        input.length,
        () -> {
          Path path = FOLDER.write(NAME, input);
          try (GgufFile file = GgufFile.open(path)) {
            for (Tensor tensor : file.tensors().values()) {
              tensor.toFloats();
            }
            if (file.metadata().has("general.architecture")) {
              SmallModel.run(file);
            }
          }
        });
  }
}
