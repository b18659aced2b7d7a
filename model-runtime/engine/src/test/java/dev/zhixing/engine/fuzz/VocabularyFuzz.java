package dev.zhixing.engine.fuzz;

import dev.zhixing.engine.gguf.GgufException;
import dev.zhixing.engine.gguf.GgufFile;
import dev.zhixing.engine.tokenizer.Tokenizers;
import java.nio.file.Path;

/** Vocabularies in the keys of GGUF files, and text in the tokens that they make. */
public final class VocabularyFuzz {
  private static final String NAME = "hostile.gguf";
  private static final InputFolder FOLDER = new InputFolder();

  private VocabularyFuzz() {}

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
            SomeText.through(Tokenizers.of(file));
          }
        });
  }
}
