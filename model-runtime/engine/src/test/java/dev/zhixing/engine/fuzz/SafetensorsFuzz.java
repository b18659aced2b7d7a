package dev.zhixing.engine.fuzz;

import dev.zhixing.engine.gguf.GgufException;
import dev.zhixing.engine.safetensors.SafetensorsModel;
import dev.zhixing.engine.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;

/**
 * Folders in Hugging Face's layout. An input has five parts: config.json, tokenizer_config.json,
 * tokenizer.json, the index, and the safetensors file; where that begins with a brace, it is the
 * header and, behind a line feed, the numbers, and gets the right length before it.
 */
public final class SafetensorsFuzz {
  private static final String[] FILES = {
    "config.json", "tokenizer_config.json", "tokenizer.json", "model.safetensors.index.json"
  };
  private static final String WEIGHTS = "model.safetensors";
  private static final String PLACES = "\\.json|model\\.safetensors|zhixing-fuzz";
  private static final InputFolder FOLDER = new InputFolder();

  private SafetensorsFuzz() {}

  /** Reads an input. */
  public static void fuzzerTestOneInput(byte[] input) {
    isTaken(input);
  }

  static boolean isTaken(byte[] input) {
    return HostileInput.isTaken(
        GgufException.class,
        PLACES,
        input.length,
        () -> {
          write(input);
          try (SafetensorsModel model = SafetensorsModel.open(FOLDER.path())) {
            for (Tensor tensor : model.tensors().values()) {
              tensor.toFloats();
            }
            SmallModel.run(model);
          }
        });
  }

  private static void write(byte[] input) throws IOException {
    byte[][] parts = InputFolder.parts(input, FILES.length + 1);
    for (int i = 0; i < FILES.length; i++) {
      FOLDER.writeOrDelete(FILES[i], parts[i]);
    }
    Files.write(FOLDER.path().resolve(WEIGHTS), weights(parts[FILES.length]));
  }

  private static byte[] weights(byte[] part) {
    if (part.length == 0 || part[0] != '{') {
      return part;
    }
    int header = 0;
    while (header < part.length && part[header] != '\n') {
      header++;
    }
    int numbers = Math.min(header + 1, part.length);
    return ByteBuffer.allocate(Long.BYTES + header + part.length - numbers)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header)
        .put(part, 0, header)
        .put(part, numbers, part.length - numbers)
        .array();
  }
}
