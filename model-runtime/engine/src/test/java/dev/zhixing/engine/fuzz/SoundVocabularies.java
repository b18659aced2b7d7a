package dev.zhixing.engine.fuzz;

import dev.zhixing.engine.gguf.GgufFile;
import dev.zhixing.engine.gguf.GgufWriter;
import dev.zhixing.engine.tokenizer.ByteAlphabet;
import dev.zhixing.engine.tokenizer.BytePairTokenizer;
import dev.zhixing.engine.tokenizer.Tokenizer;
import dev.zhixing.engine.tokenizer.Tokenizers;
import dev.zhixing.engine.tokenizer.WordPieceTokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Small vocabularies of every kind, with nothing wrong about them. */
final class SoundVocabularies {
  static final String UNKNOWN = "<unk>";
  private static final String KEY = "tokenizer.ggml.";

  /** Of those that are cut in the same way, one. */
  static final List<String> PRE_TOKENIZERS =
      List.of(
          "zhixing",
          "default",
          "gpt-2",
          "llama-bpe",
          "dbrx",
          "qwen2",
          "gpt-4o",
          "tekken",
          "starcoder",
          "falcon",
          "deepseek-llm",
          "deepseek-coder",
          "deepseek-v3");

  private static final List<String> PIECES =
      List.of(" ", "  ", "th", "the", " the", "in", "ing", "12", "123", "\n\n", "'s", "灯", "é");

  private SoundVocabularies() {}

  static List<Tokenizer> all() {
    List<Tokenizer> all = new ArrayList<>();
    PRE_TOKENIZERS.forEach(name -> all.add(read(bytePairs(name))));
    all.add(read(pieces(true)));
    all.add(read(pieces(false)));
    all.add(read(words()));
    return all;
  }

  /** Whether decoding gives back what was encoded, whatever it was. */
  static boolean isLossless(Tokenizer tokenizer) {
    return tokenizer instanceof BytePairTokenizer;
  }

  static boolean isOfWords(Tokenizer tokenizer) {
    return tokenizer instanceof WordPieceTokenizer;
  }

  static GgufWriter bytePairs(String preTokenizer) {
    List<String> tokens = new ArrayList<>();
    for (int b = 0; b < 256; b++) {
      tokens.add(String.valueOf(ByteAlphabet.spell(b)));
    }
    PIECES.stream().map(SoundVocabularies::spelt).filter(p -> p.length() > 1).forEach(tokens::add);
    List<String> merges =
        Stream.of("Ġ Ġ", "t h", "th e", "Ġ the", "i n", "in g", "1 2", "12 3", "Ċ Ċ", "' s", "Ã ©")
            .filter(merge -> tokens.contains(merge.replace(" ", "")))
            .toList();
    return vocabulary("gpt2", tokens, 0)
        .string(KEY + "pre", preTokenizer)
        .strings(KEY + "merges", merges);
  }

  private static String spelt(String piece) {
    return ByteAlphabet.spell(piece.getBytes(StandardCharsets.UTF_8));
  }

  static GgufWriter pieces(boolean space) {
    List<String> tokens = new ArrayList<>();
    for (int b = 0; b < 256; b++) {
      tokens.add("<0x%02X>".formatted(b));
    }
    "abcdefghinst123.,".chars().forEach(c -> tokens.add(Character.toString(c)));
    PIECES.forEach(piece -> tokens.add(piece.replace(' ', '▁')));
    float[] scores = new float[tokens.size() + 3];
    for (int id = 0; id < scores.length; id++) {
      scores[id] = -id;
    }
    return vocabulary("llama", tokens, 256)
        .float32s(KEY + "scores", scores)
        .flag(KEY + "add_space_prefix", space);
  }

  static GgufWriter words() {
    List<String> tokens = new ArrayList<>(List.of("[CLS]", "[SEP]", "[PAD]", "[MASK]"));
    for (String piece : PIECES) {
      tokens.add("▁" + piece.strip());
      tokens.add(piece.strip() + "x");
    }
    return vocabulary("bert", tokens, 0);
  }

  /** The tokens, of which the first are single bytes, and an unknown one, a beginning, an end. */
  private static GgufWriter vocabulary(String model, List<String> tokens, int bytes) {
    int[] types = new int[tokens.size() + 3];
    Arrays.fill(types, 1);
    Arrays.fill(types, 0, bytes, 6);
    types[tokens.size()] = 2;
    types[tokens.size() + 1] = 3;
    types[tokens.size() + 2] = 3;
    List<String> all = new ArrayList<>(tokens);
    all.addAll(List.of(UNKNOWN, "<s>", "<|im_end|>"));
    return new GgufWriter()
        .string(KEY + "model", model)
        .strings(KEY + "tokens", all)
        .int32s(KEY + "token_type", types)
        .uint32(KEY + "unknown_token_id", tokens.size())
        .uint32(KEY + "bos_token_id", tokens.size() + 1)
        .uint32(KEY + "eos_token_id", tokens.size() + 2);
  }

  private static Tokenizer read(GgufWriter writer) {
    try {
      Path path = Files.createTempFile("zhixing-sound-", ".gguf");
      try {
        writer.write(path);
        try (GgufFile file = GgufFile.open(path)) {
          return Tokenizers.of(file);
        }
      } finally {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
