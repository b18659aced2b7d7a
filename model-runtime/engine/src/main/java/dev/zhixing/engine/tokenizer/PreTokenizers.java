package dev.zhixing.engine.tokenizer;

import java.util.List;

/** The pre-tokenizers by the names that model files give them, which are llama.cpp's. */
final class PreTokenizers {
  private PreTokenizers() {}

  static PreTokenizer named(String name) {
    return switch (name) {
      case "zhixing" -> new ZhixingSplit();
      case "default", "" -> new PlainSplit();
      case "gpt-2", "gpt-neox", "phi-2", "mpt", "olmo", "jais", "trillion", "granite-docling" ->
          new Gpt2Split();
      case "jina-es", "jina-de", "jina-v1-en", "jina-v2-es", "jina-v2-de", "jina-v2-code" ->
          new Gpt2Split();
      case "roberta-bpe", "gigachat", "a.x-4.0", "mellum", "modern-bert", "exaone4" ->
          new Gpt2Split();
      case "llama-bpe", "llama3", "llama-v3", "falcon3", "falcon-h1" -> new LlamaSplit(3, true);
      case "pixtral", "midm-2.0", "lfm2", "jina-v5-nano" -> new LlamaSplit(3, true);
      case "dbrx", "smaug-bpe", "glm4", "chatglm-bpe" -> new LlamaSplit(3, false);
      case "qwen2", "deepseek-r1-qwen", "megrez", "stablelm2", "hunyuan", "kormo", "f2llmv2" ->
          new LlamaSplit(1, false);
      case "solar-open", "grok-2", "bailingmoe", "bailingmoe2", "llada-moe" ->
          new LlamaSplit(1, false);
      case "qwen35" -> new LlamaSplit(1, false, true, false);
      case "seed-coder" -> new LlamaSplit(1, false, false, true);
      case "gpt-4o", "llama4", "kanana2", "minimax-m2", "talkie" -> new CasedSplit(3, true, false);
      case "tekken" -> new CasedSplit(1, false, true);
      default -> cascade(name);
    };
  }

  private static PreTokenizer cascade(String name) {
    return switch (name) {
      case "starcoder",
          "refact",
          "command-r",
          "smollm",
          "codeshell",
          "exaone",
          "minerva-7b",
          "mellum2" ->
          new CascadeSplit(List.of(Cuts::number, Cuts::gpt2));
      case "bloom", "poro-chat", "gpt3-finnish" -> new CascadeSplit(List.of(Cuts::words));
      case "viking" -> new CascadeSplit(List.of(Cuts::words, Cuts::number));
      case "falcon" -> new CascadeSplit(List.of(Cuts::falconMarks, Cuts::gpt2, Cuts::threeDigits));
      case "deepseek-llm" ->
          new CascadeSplit(
              List.of(
                  Cuts::newLine,
                  Cuts::casedLetters,
                  Cuts::marks,
                  Cuts::spacesAtEnd,
                  Cuts::east,
                  Cuts::numbers));
      case "deepseek-coder" ->
          new CascadeSplit(
              List.of(Cuts::newLine, Cuts::letters, Cuts::punctuation, Cuts::east, Cuts::number));
      case "deepseek-v3", "hunyuan-dense", "joyai-llm", "hy_v4" ->
          new CascadeSplit(List.of(Cuts::upToThreeNumbers, Cuts::hanAndKana, Cuts::deepseek3));
      default ->
          throw new IllegalArgumentException(
              "tokenizer.ggml.pre: expected one of default, gpt-2, llama-bpe, qwen2, qwen35, stablelm2, deepseek-llm, deepseek-coder, deepseek-v3, falcon, starcoder, refact, command-r, smollm, mpt, olmo, gpt-neox, bloom, viking, seed-coder, bailingmoe, gpt-4o, tekken, zhixing or a name that stands for the same, found '%s'; text would be cut wrongly, so the file is refused"
                  .formatted(Shown.of(name)));
    };
  }

  /** Whether documents begin with bos where the file does not say. */
  static boolean beginsBos(String name) {
    return name.equals("tekken")
        || (named(name) instanceof LlamaSplit llama && llama.wholeChunksFirst());
  }
}
