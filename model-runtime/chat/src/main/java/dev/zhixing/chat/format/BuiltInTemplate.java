package dev.zhixing.chat.format;

import dev.zhixing.engine.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Templates for files that lack one, written from the families' published formats; chosen by the
 * special tokens that the vocabulary has.
 */
public enum BuiltInTemplate {
  /** Llama 3: headers. */
  LLAMA3("llama3", "", "<|start_header_id|>", "<|eot_id|>"),
  /** DeepSeek V2.5 to R1. */
  DEEPSEEK("deepseek", "", "<｜User｜>", "<｜Assistant｜>"),
  /** Gemma 1 to 3. */
  GEMMA("gemma", "", "<start_of_turn>", "<end_of_turn>"),
  /** Phi-3 and Phi-4-mini. */
  PHI3("phi3", "", "<|user|>", "<|assistant|>", "<|end|>"),
  /** Mistral with its instruction tokens. */
  MISTRAL("mistral", "", "[INST]", "[/INST]"),
  /** ChatML: Qwen, Hermes, Yi and many more. */
  CHATML("chatml", "", "<|im_start|>", "<|im_end|>"),
  /** ERNIE 4.5, whose turns are words. */
  ERNIE("ernie", "ernie"),
  /** Llama 2 and Mistral 7B, whose instruction marks are words. */
  LLAMA2("llama2", "llama", "<s>", "</s>");

  private final String file;
  private final String architecture;

  @SuppressWarnings("ImmutableEnumChecker") // List.of: it is
  private final List<String> tokens;

  BuiltInTemplate(String file, String architecture, String... tokens) {
    this.file = file;
    this.architecture = architecture;
    this.tokens = List.of(tokens);
  }

  /**
   * The first whose architecture and special tokens a model has; null where none fits.
   *
   * @param architecture {@code general.architecture}
   */
  public static @Nullable BuiltInTemplate of(String architecture, Tokenizer tokenizer) {
    for (BuiltInTemplate template : values()) {
      if (architecture.startsWith(template.architecture)
          && template.tokens.stream().allMatch(token -> tokenizer.special(token).isPresent())) {
        return template;
      }
    }
    return null;
  }

  /** The template's text. */
  public String source() {
    try (InputStream in = BuiltInTemplate.class.getResourceAsStream(file + ".jinja")) {
      if (in == null) {
        throw new IllegalStateException("chat template: expected the resource " + file + ".jinja");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("chat template: " + file + ".jinja can't be read", e);
    }
  }
}
