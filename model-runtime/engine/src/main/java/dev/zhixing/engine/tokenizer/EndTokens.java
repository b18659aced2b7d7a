package dev.zhixing.engine.tokenizer;

import dev.zhixing.engine.gguf.GgufMetadata;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Finds the tokens that end what a model writes: besides {@link Tokenizer#eos()} those that end a
 * turn or a message, by the file's keys and, since few files have these, by the spellings that are
 * known. The rules are llama.cpp's.
 */
public final class EndTokens {
  /** Ids that GGUF has no key for: an array, made of Hugging Face's lists. */
  public static final String MORE_KEY = "tokenizer.ggml.eos_token_ids";

  private static final List<String> KEYS =
      List.of("tokenizer.ggml.eot_token_id", "tokenizer.ggml.eom_token_id");

  private static final List<String> SPELLINGS =
      List.of(
          "<|eot_id|>",
          "<|im_end|>",
          "<|end|>",
          "<|return|>",
          "<|call|>",
          "<|flush|>",
          "<|calls|>",
          "<end_of_turn>",
          "<|endoftext|>",
          "</s>",
          "<|eom_id|>",
          "<EOT>",
          "_<EOT>",
          "[EOT]",
          "[EOS]",
          "<|end_of_text|>",
          "<|end_of_sentence|>",
          "<end_of_utterance>",
          "<eos>",
          "<turn|>",
          "<|tool_response>",
          "<｜end▁of▁sentence｜>",
          "[e~[",
          "<|fim_pad|>",
          "<fim-pad>",
          "<fim_pad>",
          "<PAD>",
          "[PAD]",
          "<|fim_repo|>",
          "<|repo_name|>",
          "<fim-repo>",
          "<REPO>",
          "<reponame>",
          "<|file_sep|>");

  private EndTokens() {}

  /**
   * The ids, each once, {@code eos} first.
   *
   * @param metadata of the model's file
   */
  public static int[] of(GgufMetadata metadata, Tokenizer tokenizer) {
    Set<Integer> found = new LinkedHashSet<>();
    tokenizer.eos().ifPresent(found::add);
    for (String key : KEYS) {
      metadata.findInteger(key).ifPresent(id -> add(found, id, tokenizer));
    }
    if (metadata.has(MORE_KEY)) {
      for (int id : metadata.integers(MORE_KEY)) {
        add(found, id, tokenizer);
      }
    }
    SPELLINGS.forEach(spelling -> tokenizer.special(spelling).ifPresent(found::add));
    boolean calls = has(found, tokenizer, "<|call|>") || has(found, tokenizer, "<|calls|>");
    if (calls && (has(found, tokenizer, "<|return|>") || has(found, tokenizer, "<|flush|>"))) {
      remove(found, tokenizer, "<|end|>"); // which parts the sections of a message there
    }
    if (has(found, tokenizer, "<|tool_response>")) {
      remove(found, tokenizer, "</s>"); // which is ordinary text there
    }
    return found.stream().mapToInt(Integer::intValue).toArray();
  }

  private static void add(Set<Integer> found, long id, Tokenizer tokenizer) {
    if (id >= 0 && id < tokenizer.size()) {
      found.add((int) id);
    }
  }

  private static boolean has(Set<Integer> found, Tokenizer tokenizer, String spelling) {
    OptionalInt id = tokenizer.special(spelling);
    return id.isPresent() && found.contains(id.getAsInt());
  }

  private static void remove(Set<Integer> found, Tokenizer tokenizer, String spelling) {
    tokenizer.special(spelling).ifPresent(found::remove);
  }
}
