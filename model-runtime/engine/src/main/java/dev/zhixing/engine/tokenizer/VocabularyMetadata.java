package dev.zhixing.engine.tokenizer;

import dev.zhixing.engine.gguf.GgufException;
import dev.zhixing.engine.gguf.GgufMetadata;
import dev.zhixing.engine.gguf.GgufWriter;
import dev.zhixing.engine.gguf.ModelFile;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Vocabularies as the metadata of a GGUF file. */
final class VocabularyMetadata {
  static final String PREFIX = "tokenizer.ggml.";

  private VocabularyMetadata() {}

  static BytePairVocabulary read(ModelFile file) {
    GgufMetadata metadata = file.metadata();
    model(file, "gpt2", "byte-level BPE");
    String preTokenizer = metadata.string(PREFIX + "pre", "default");
    OptionalInt bos = id(metadata, "bos");
    OptionalInt eos = id(metadata, "eos");
    boolean addBos = metadata.flag(PREFIX + "add_bos_token", PreTokenizers.beginsBos(preTokenizer));
    List<String> tokens = metadata.strings(PREFIX + "tokens");
    return new BytePairVocabulary(
        tokens,
        types(metadata, tokens.size()),
        metadata.strings(PREFIX + "merges"),
        preTokenizer,
        bos,
        eos,
        addBos && bos.isPresent(),
        metadata.flag(PREFIX + "add_eos_token", false) && eos.isPresent());
  }

  static void model(ModelFile file, String expected, String kind) {
    String model = file.metadata().string(PREFIX + "model");
    if (!model.equals(expected)) {
      throw new GgufException(
          "%s: tokenizer.ggml.model: expected %s (%s), found '%s'"
              .formatted(file.name(), expected, kind, model));
    }
  }

  /** The type of each of {@code count} tokens, empty if the file says nothing. */
  static List<TokenType> types(GgufMetadata metadata, int count) {
    String key = PREFIX + "token_type";
    if (!metadata.has(key)) {
      return List.of();
    }
    int[] codes = metadata.integers(key);
    TokenChecks.types(count, codes.length);
    TokenType[] types = new TokenType[count];
    for (int id = 0; id < count; id++) {
      types[id] = type(id, codes[id]);
    }
    return Arrays.asList(types);
  }

  private static TokenType type(int id, int code) {
    try {
      return TokenType.of(code);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%stoken_type: %d: %s".formatted(PREFIX, id, e.getMessage()), e);
    }
  }

  /** The id of {@code NAME_token_id}, if the file has it; no int is out of range. */
  static OptionalInt id(GgufMetadata metadata, String name) {
    OptionalLong id = metadata.findInteger(PREFIX + name + "_token_id");
    if (id.isEmpty()) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(Math.clamp(id.getAsLong(), -1, Integer.MAX_VALUE));
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
    if (vocabulary.addEos()) {
      writer.flag(PREFIX + "add_eos_token", true);
    }
  }
}
