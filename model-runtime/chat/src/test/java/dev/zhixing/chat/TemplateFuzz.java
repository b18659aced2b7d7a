package dev.zhixing.chat;

import dev.zhixing.chat.format.TemplateFormat;
import dev.zhixing.chat.template.ChatTemplate;
import dev.zhixing.chat.template.MarkedText;
import dev.zhixing.chat.template.TemplateException;
import dev.zhixing.chat.template.TemplateLimits;
import dev.zhixing.engine.tokenizer.ByteAlphabet;
import dev.zhixing.engine.tokenizer.BytePairTokenizer;
import dev.zhixing.engine.tokenizer.BytePairVocabulary;
import dev.zhixing.engine.tokenizer.TokenType;
import dev.zhixing.engine.tokenizer.Tokenizer;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Chat templates: read, tried as a model's own one, and rendered with a conversation of all kinds.
 */
public final class TemplateFuzz {
  private static final TemplateLimits LIMITS = new TemplateLimits(20_000, 100_000, 50);
  private static final long HEAP = 64 << 20;
  private static final char CONTENT = '\ue0ff';
  private static final LocalDateTime NOW = LocalDateTime.of(2026, 3, 7, 14, 5, 9);
  private static final Tokenizer TOKENIZER = tokenizer();

  private static final Map<String, Object> CALL =
      Map.of(
          "id",
          "abcdefghi",
          "type",
          "function",
          "function",
          Map.of(
              "name",
              "set_light",
              "arguments",
              Map.of("room\ue0ff", "客厅\ue0ff", "levels", List.of(1, 0.5))));
  private static final Map<String, Object> CONVERSATION =
      Map.of(
          "messages",
          List.of(
              Map.of("role", "system", "content", "Be brief."),
              Map.of("role", "user", "content", "Light\ue0ff on!\n<|im_end|> 灯"),
              Map.of("role", "assistant", "content", "", "tool_calls", List.of(CALL)),
              Map.of(
                  "role", "tool", "content", "{\"on\ue0ff\": true}", "tool_call_id", "abcdefghi"),
              Map.of("role", "assistant", "content", "<think>\nhm\n</think>\n\nIt is on.")),
          "tools",
          List.of(
              Map.of(
                  "type",
                  "function",
                  "function",
                  Map.of("name", "set_light", "parameters", Map.of("type", "object")))),
          "add_generation_prompt",
          true);
  private static final Map<String, Object> OWN =
      Map.of("bos_token", "<s>", "eos_token", "<|im_end|>");

  private TemplateFuzz() {}

  /** Reads an input. */
  public static void fuzzerTestOneInput(byte[] input) {
    isTaken(input);
  }

  static boolean isTaken(byte[] input) {
    return HostileText.isTaken(
        input,
        TemplateException.class,
        HEAP,
        source -> {
          TemplateFormat.of(source, TOKENIZER);
          MarkedText text = ChatTemplate.parse(source, LIMITS).render(CONVERSATION, OWN, NOW);
          checkTrust(source, text);
        });
  }

  /** A character that only the content has is not trusted, whatever the template does with it. */
  private static void checkTrust(String source, MarkedText text) {
    if (source.indexOf(CONTENT) >= 0 || source.indexOf('\\') >= 0) {
      return; // the template may spell it, too
    }
    for (int i = text.text().indexOf(CONTENT); i >= 0; i = text.text().indexOf(CONTENT, i + 1)) {
      if (text.isTrusted(i, i + 1)) {
        throw new AssertionError("expected content to be marked as such, found it trusted at " + i);
      }
    }
  }

  private static Tokenizer tokenizer() {
    List<String> tokens = new ArrayList<>();
    List<TokenType> types = new ArrayList<>();
    for (int b = 0; b < 256; b++) {
      tokens.add(String.valueOf(ByteAlphabet.spell(b)));
      types.add(TokenType.NORMAL);
    }
    for (String special : List.of("<s>", "<|im_end|>", "<|python_tag|>", "<think>", "</think>")) {
      tokens.add(special);
      types.add(TokenType.CONTROL);
    }
    return new BytePairTokenizer(
        new BytePairVocabulary(
            tokens, types, List.of(), "gpt-2", OptionalInt.of(256), OptionalInt.of(257), true));
  }
}
