package dev.zhixing.engine.tokenizer;

import dev.zhixing.engine.gguf.GgufException;
import dev.zhixing.engine.gguf.GgufFile;
import dev.zhixing.engine.gguf.GgufMetadata;
import dev.zhixing.engine.gguf.GgufWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A byte-level BPE vocabulary as the metadata of a GGUF file. */
final class VocabularyMetadata {
  private static final String PREFIX = "tokenizer.ggml.";

  private VocabularyMetadata() {}

  static BytePairVocabulary read(GgufFile file) {
    GgufMetadata metadata = file.metadata();
    String model = metadata.string(PREFIX + "model");
    if (!model.equals("gpt2")) {
      throw new GgufException(
          "%s: tokenizer.ggml.model: expected gpt2 (byte-level BPE), found '%s'"
              .formatted(file.path().getFileName(), model));
    }
    String preTokenizer = metadata.string(PREFIX + "pre", "default");
    List<TokenType> types = new ArrayList<>();
    if (metadata.has(PREFIX + "token_type")) {
      for (int code : metadata.integers(PREFIX + "token_type")) {
        types.add(TokenType.of(code));
      }
    }
    OptionalInt bos = id(metadata, "bos");
    boolean addBos = metadata.flag(PREFIX + "add_bos_token", preTokenizer.equals("llama-bpe"));
    return new BytePairVocabulary(
        metadata.strings(PREFIX + "tokens"),
        types,
        metadata.strings(PREFIX + "merges"),
        preTokenizer,
        bos,
        id(metadata, "eos"),
        addBos && bos.isPresent());
  }

  private static OptionalInt id(GgufMetadata metadata, String edge) {
    OptionalLong id = metadata.findInteger(PREFIX + edge + "_token_id");
    return id.isPresent() ? OptionalInt.of((int) id.getAsLong()) : OptionalInt.empty();
  }

  static void write(BytePairVocabulary vocabulary, GgufWriter writer) {
    writer.string(PREFIX + "model", "gpt2");
    writer.string(PREFIX + "pre", vocabulary.preTokenizer());
    writer.strings(PREFIX + "tokens", vocabulary.tokens());
    int[] codes = new int[vocabulary.tokens().size()];
    for (int id = 0; id < codes.length; id++) {
      codes[id] = vocabulary.type(id).code();
    }
    writer.int32s(PREFIX + "token_type", codes);
    writer.strings(PREFIX + "merges", vocabulary.merges());
    vocabulary.bos().ifPresent(id -> writer.uint32(PREFIX + "bos_token_id", id));
    vocabulary.eos().ifPresent(id -> writer.uint32(PREFIX + "eos_token_id", id));
    writer.flag(PREFIX + "add_bos_token", vocabulary.addBos());
  }
}
