package dev.zhixing.engine.fuzz;

import dev.zhixing.engine.gguf.GgufException;
import dev.zhixing.engine.tokenizer.TokenizerJson;

/** Hugging Face's tokenizer.json, and tokenizer_config.json as the second part of an input. */
public final class TokenizerJsonFuzz {
  private static final String NAME = "tokenizer.json";
  private static final InputFolder FOLDER = new InputFolder();

  private TokenizerJsonFuzz() {}

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
          byte[][] parts = InputFolder.parts(input, 2);
          FOLDER.write(NAME, parts[0]);
          FOLDER.writeOrDelete("tokenizer_config.json", parts[1]);
          SomeText.through(TokenizerJson.read(FOLDER.path()));
        });
  }
}
