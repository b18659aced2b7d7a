package dev.zhixing.engine.encoder;

import dev.zhixing.engine.gguf.GgufException;
import dev.zhixing.engine.gguf.ModelFile;
import dev.zhixing.engine.tokenizer.WordPieceTokenizer;

/**
 * Sentences as the BERT family reads them: {@code [CLS]}, the pieces of the words, {@code [SEP]}.
 * The spelling of a special token in a text is ordinary text. Immutable, safe for all threads.
 */
public final class WordPiece {
  private final WordPieceTokenizer tokenizer;

  private WordPiece(WordPieceTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /**
   * Reads the vocabulary of a file.
   *
   * @throws GgufException if the file has none of this kind
   */
  public static WordPiece of(ModelFile file) {
    String model = file.metadata().string("tokenizer.ggml.model");
    if (!model.equals("bert")) {
      throw new GgufException(
          "%s: key 'tokenizer.ggml.model': expected 'bert', found '%s'"
              .formatted(file.name(), model));
    }
    return new WordPiece(WordPieceTokenizer.of(file));
  }

  /**
   * Encodes a sentence. What goes beyond is left out.
   *
   * @param most greatest number of tokens, 2 or more
   */
  public int[] encode(String sentence, int most) {
    int[] pieces = tokenizer.encode(sentence);
    int[] ids = new int[Math.min(pieces.length + 2, most)];
    ids[0] = tokenizer.bos().getAsInt();
    System.arraycopy(pieces, 0, ids, 1, ids.length - 2);
    ids[ids.length - 1] = tokenizer.eos().getAsInt();
    return ids;
  }
}
