package dev.zhixing.engine.tokenizer;

import dev.zhixing.engine.gguf.GgufException;
import dev.zhixing.engine.gguf.ModelFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the tokenizer that a model file describes. */
public final class Tokenizers {
  private Tokenizers() {}

  /**
   * The tokenizer of a file, by its key {@code tokenizer.ggml.model}: {@code gpt2} is byte-level
   * BPE, {@code llama} SentencePiece, {@code bert} WordPiece. A folder of Hugging Face's has a
   * {@code tokenizer.json} instead.
   *
   * @throws GgufException if the file describes none, one that is not supported, or a damaged one;
   *     the text names file and key
   */
  public static Tokenizer of(ModelFile file) {
    if (!file.metadata().has("tokenizer.ggml.model")) {
      Path folder = Files.isDirectory(file.path()) ? file.path() : file.path().getParent();
      Path json = folder == null ? Path.of("tokenizer.json") : folder.resolve("tokenizer.json");
      if (!file.name().endsWith(".gguf") && Files.isRegularFile(json)) {
        return TokenizerJson.read(json);
      }
    }
    String model = file.metadata().string("tokenizer.ggml.model");
    return switch (model) {
      case "gpt2" -> BytePairTokenizer.of(file);
      case "llama" -> SentencePieceTokenizer.of(file);
      case "bert" -> WordPieceTokenizer.of(file);
      default ->
          throw new GgufException(
              "%s: tokenizer.ggml.model: expected gpt2, llama or bert, found '%s'; this kind of tokenizer is not supported"
                  .formatted(file.name(), Shown.of(model)));
    };
  }
}
