package dev.zhixing.engine.tokenizer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** From the pre-tokenizer of a {@code tokenizer.json} to the name of the same one here. */
final class SplitPatterns {
  private static final String WORD = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|";
  private static final String REST =
      "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
  private static final String MARKED_WORD = WORD.replace("?\\p{L}+", "?[\\p{L}\\p{M}]+");
  private static final String MARKED_REST = REST.replace("[^\\s\\p{L}", "[^\\s\\p{L}\\p{M}");
  private static final String CAPITALS = "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]";
  private static final String SMALLS = "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]";
  private static final String BEFORE = "[^\\r\\n\\p{L}\\p{N}]?";
  private static final String SUFFIX = "(?i:'s|'t|'re|'ve|'m|'ll|'d)?";
  private static final String CASED_REST =
      "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

  private SplitPatterns() {}

  /** The name, or null if no pre-tokenizer here cuts in the same way. */
  static @Nullable String name(@Nullable Object preTokenizer, boolean ignoresMerges) {
    List<?> parts = JsonTree.sequence(preTokenizer, "pretokenizers");
    if (parts.isEmpty() || !type(parts.getLast()).equals("ByteLevel")) {
      return null;
    }
    Object last = parts.getLast();
    if (JsonTree.flag(last, "add_prefix_space", false)) {
      return null;
    }
    boolean gpt2 = JsonTree.flag(last, "use_regex", true);
    List<?> before = parts.subList(0, parts.size() - 1);
    if (gpt2) {
      return withGpt2(before);
    }
    if (before.size() == 1) {
      return single(pattern(before.getFirst()), ignoresMerges);
    }
    return several(before);
  }

  private static @Nullable String withGpt2(List<?> before) {
    if (before.isEmpty()) {
      return "gpt-2";
    }
    Object first = before.getFirst();
    if (before.size() == 1 && isDigits(first, true)) {
      return "starcoder";
    }
    boolean falcon =
        before.size() == 2
            && type(first).equals("Punctuation")
            && pattern(before.get(1)).equals("[0-9][0-9][0-9]");
    return falcon ? "falcon" : null;
  }

  private static @Nullable String single(String pattern, boolean ignoresMerges) {
    if (pattern.equals(WORD + "\\p{N}{1,3}" + REST)) {
      return ignoresMerges ? "llama-bpe" : "smaug-bpe";
    }
    if (pattern.equals(WORD + "\\p{N}" + REST)) {
      return "qwen2";
    }
    if (pattern.equals(MARKED_WORD + "\\p{N}" + MARKED_REST)) {
      return "qwen35";
    }
    String words =
        BEFORE + CAPITALS + "*" + SMALLS + "+%s|" + BEFORE + CAPITALS + "+" + SMALLS + "*%s|";
    if (pattern.equals(words.formatted(SUFFIX, SUFFIX) + "\\p{N}{1,3}" + CASED_REST)) {
      return ignoresMerges ? null : "gpt-4o";
    }
    if (pattern.equals(words.formatted("", "") + "\\p{N}" + CASED_REST)) {
      return "tekken";
    }
    return null;
  }

  private static @Nullable String several(List<?> parts) {
    if (parts.size() == 6 && pattern(parts.getFirst()).equals("[\r\n]")) {
      boolean llm = pattern(parts.get(1)).startsWith("\\s?[A-Za-zµÀ-ÖØ-öø-ƺ");
      return llm && isDigits(parts.get(5), false) ? "deepseek-llm" : null;
    }
    if (parts.size() == 5 && pattern(parts.getFirst()).equals("[\r\n]")) {
      boolean coder = pattern(parts.get(1)).equals("\\s?\\p{L}+");
      return coder && isDigits(parts.get(4), true) ? "deepseek-coder" : null;
    }
    if (parts.size() == 3 && pattern(parts.getFirst()).equals("\\p{N}{1,3}")) {
      return pattern(parts.get(1)).startsWith("[一-龥") ? "deepseek-v3" : null;
    }
    return null;
  }

  private static boolean isDigits(Object part, boolean individual) {
    return type(part).equals("Digits")
        && JsonTree.flag(part, "individual_digits", false) == individual;
  }

  private static String type(Object part) {
    return JsonTree.text(part, "type");
  }

  private static String pattern(Object part) {
    return type(part).equals("Split")
            && JsonTree.text(part, "behavior").equals("Isolated")
            && !JsonTree.flag(part, "invert", false)
        ? JsonTree.text(JsonTree.at(part, "pattern"), "Regex")
        : "";
  }
}
