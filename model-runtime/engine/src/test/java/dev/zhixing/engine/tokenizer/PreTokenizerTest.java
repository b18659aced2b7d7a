package dev.zhixing.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PreTokenizerTest {
  private static final String GPT2 =
      "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
  private static final String LLAMA =
      "(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])|[^\\r"
          + "\\n"
          + "\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r"
          + "\\n"
          + "]*|\\s*[\\r"
          + "\\n"
          + "]+|\\s+(?!\\S)|\\s+";
  private static final String DEEPSEEK_LETTERS =
      "\\u0370-\\u0373\\u0376\\u0377\\u037b-\\u037d\\u037f\\u0386\\u0388-\\u038a\\u038c\\u038e-\\u03a1"
          + "\\u03a3-\\u03f5\\u03f7-\\u0481\\u048a-\\u052f\\u0531-\\u0556\\u10a0-\\u10c5"
          + "\\u13a0-\\u13f5\\u13f8-\\u13fd\\u1c90-\\u1cba\\u1cbd-\\u1cbf\\u1d00-\\u1d2b\\u1d6b-\\u1d77"
          + "\\u1d79-\\u1d9a\\u1e00-\\u1f15\\u1f18-\\u1f1d\\u1f20-\\u1f45\\u1f48-\\u1f4d\\u1f50-\\u1f57"
          + "\\u1f59\\u1f5b\\u1f5d\\u1f5f-\\u1f7d\\u1f80-\\u1fb4\\u1fb6-\\u1fbc\\u1fbe\\u1fc2-\\u1fc4"
          + "\\u1fc6-\\u1fcc\\u1fd0-\\u1fd3\\u1fd6-\\u1fdb\\u1fe0-\\u1fec\\u1ff2-\\u1ff4\\u1ff6-\\u1ffc"
          + "\\u2102\\u2107\\u210a-\\u2113\\u2115\\u2119-\\u211d\\u2124\\u2126\\u2128\\u212a-\\u212d"
          + "\\u212f-\\u2134\\u2139\\u213c-\\u213f\\u2145-\\u2149\\u214e\\u2183\\u2184\\u2c00-\\u2c7b"
          + "\\u2c7e-\\u2ce4\\u2ceb-\\u2cee\\u2cf2\\u2cf3\\ua640-\\ua66d\\ua680-\\ua69b\\ua722-\\ua76f"
          + "\\ua771-\\ua787\\ua78b-\\ua78e\\uab70-\\uabbf\\ufb00-\\ufb06\\ufb13-\\ufb17\\uff21-\\uff3a"
          + "\\uff41-\\uff5a\\x{10400}-\\x{1044f}\\x{104b0}-\\x{104d3}\\x{104d8}-\\x{104fb}"
          + "\\x{10c80}-\\x{10cb2}\\x{10cc0}-\\x{10cf2}\\x{118a0}-\\x{118df}\\x{1e900}-\\x{1e943}";
  private static final String ZHIXING =
      "\\p{N}| ?\\p{IsHan}+| ?[\\p{L}\\p{M}&&[^\\p{IsHan}]]+|[\\r"
          + "\\n"
          + "]+| ?[^\\s\\p{L}\\p{M}\\p{N}]+|\\s";

  @Test
  void cutsAsTheRegularExpressionOfGpt2() {
    Pattern pattern = Pattern.compile(GPT2, Pattern.UNICODE_CHARACTER_CLASS);

    compare("gpt-2", text -> matches(pattern, text));
  }

  @Test
  void cutsAsTheRegularExpressionOfLlama() {
    Pattern pattern = Pattern.compile(LLAMA, Pattern.UNICODE_CHARACTER_CLASS);

    compare("llama-bpe", text -> matches(pattern, text));
  }

  @Test
  void cutsAsTheRegularExpressionOfZhixing() {
    Pattern pattern = Pattern.compile(ZHIXING);

    compare("zhixing", text -> matches(pattern, text));
  }

  @Test
  void cutsAsTheRegularExpressionsOfBloomVikingAndSeedCoder() {
    Pattern words = Pattern.compile(" ?[^(\\s|.,!?…。，、।۔،)]+", Pattern.UNICODE_CHARACTER_CLASS);
    Pattern number = Pattern.compile("\\p{N}");
    String apart = LLAMA.replace("{1,3}", "").replace("\\p{N}]+[\\r\\n]*", "\\p{N}]+");
    Pattern seed = Pattern.compile(apart, Pattern.UNICODE_CHARACTER_CLASS);

    compare("bloom", text -> successively(List.of(words), text));
    compare("poro-chat", text -> successively(List.of(words), text));
    compare("viking", text -> successively(List.of(words, number), text));
    compare("seed-coder", text -> matches(seed, text));
    assertThat(apart).isNotEqualTo(LLAMA.replace("{1,3}", ""));
  }

  @Test
  void keepsWordsWithWhatJoinsThem() {
    assertThat(chunks("bloom", "Don't stop, 12.5 kg (ca.)"))
        .containsExactly("Don't", " stop", ",", " 12", ".", "5", " kg", " (", "ca", ".)");
    assertThat(chunks("viking", " abc12d")).containsExactly(" abc", "1", "2", "d");
    assertThat(chunks("seed-coder", "a;\n\nb")).containsExactly("a", ";", "\n\n", "b");
    assertThat(chunks("bailingmoe", "a;\n\nb")).containsExactly("a", ";\n\n", "b");
  }

  @Test
  void cutsAsTheFourRegularExpressionsOfTheDefault() {
    List<Pattern> patterns =
        List.of(
            Pattern.compile("[\\p{gc=P}$+<=>^~|]+"),
            Pattern.compile(GPT2, Pattern.UNICODE_CHARACTER_CLASS),
            Pattern.compile("\\p{N}+"),
            Pattern.compile("[0-9][0-9][0-9]"));

    compare("default", text -> successively(patterns, text));
  }

  @Test
  void cutsAsTheRegularExpressionOfQwenThatJoinsMarks() {
    String joining =
        LLAMA
            .replace("{1,3}", "")
            .replace("?\\p{L}+", "?[\\p{L}\\p{M}]+")
            .replace("[^\\s\\p{L}", "[^\\s\\p{L}\\p{M}");
    Pattern pattern = Pattern.compile(joining, Pattern.UNICODE_CHARACTER_CLASS);

    compare("qwen35", text -> matches(pattern, text));
  }

  @Test
  void cutsAsTheRegularExpressionOfQwen() {
    Pattern pattern = Pattern.compile(LLAMA.replace("{1,3}", ""), Pattern.UNICODE_CHARACTER_CLASS);

    compare("qwen2", text -> matches(pattern, text));
  }

  @Test
  void cutsAsTheTwoRegularExpressionsOfStarcoder() {
    List<Pattern> patterns = patterns("\\p{N}", GPT2);

    for (String name : List.of("starcoder", "refact", "command-r", "smollm")) {
      compare(name, text -> successively(patterns, text));
    }
  }

  @Test
  void cutsAsTheThreeRegularExpressionsOfFalcon() {
    List<Pattern> patterns = patterns("[\\p{gc=P}$+<=>^~|`]+", GPT2, "[0-9][0-9][0-9]");

    compare("falcon", text -> successively(patterns, text));
  }

  @Test
  void cutsAsTheFiveRegularExpressionsOfDeepseekCoder() {
    List<Pattern> patterns =
        patterns(
            "[\\r\\n]",
            "\\s?\\p{L}+",
            "\\s?\\p{gc=P}+",
            "[\\u0800-\\u9fa5\\uac00-\\ud7ff&&[^\\s]]+",
            "\\p{N}");

    compare("deepseek-coder", text -> successively(patterns, text));
  }

  @Test
  void cutsAsTheSixRegularExpressionsOfDeepseekLlm() {
    List<Pattern> patterns =
        patterns(
            "[\\r\\n]",
            "\\s?[A-Za-zµÀ-ÖØ-öø-ƺƼ-ƿǄ-ʓʕ-ʯ" + DEEPSEEK_LETTERS + "]+",
            "\\s?[!-/:-~！-／：-～‘-‟\\u3001-\\u3002]+",
            "\\s+\\z",
            "[\\u0800-\\u9fa5\\uac00-\\ud7ff&&[^\\s]]+",
            "\\p{N}+");

    compare("deepseek-llm", text -> successively(patterns, text));
  }

  @Test
  void cutsAsTheThreeRegularExpressionsOfDeepseekV3() {
    List<Pattern> patterns =
        patterns(
            "\\p{N}{1,3}",
            "[\\u4e00-\\u9fa5\\u3040-\\u309f\\u30a0-\\u30ff]+",
            "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+"
                + "|[^\\r\\n\\p{L}\\p{gc=P}\\p{S}]?[\\p{L}\\p{M}]+"
                + "| ?[\\p{gc=P}\\p{S}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+");

    compare("deepseek-v3", text -> successively(patterns, text));
  }

  @Test
  void cutsAsTheRegularExpressionsThatPartCapitals() {
    String capitals = "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]";
    String smalls = "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]";
    String before = "[^\\r\\n\\p{L}\\p{N}]?";
    String suffix = "(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])?";
    String words =
        before + capitals + "*" + smalls + "+%s|" + before + capitals + "+" + smalls + "*%s|";
    String rest = "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    List<Pattern> gpt4o = patterns(words.formatted(suffix, suffix) + "\\p{N}{1,3}" + rest);
    List<Pattern> tekken = patterns(words.formatted("", "") + "\\p{N}" + rest);

    compare("gpt-4o", text -> successively(gpt4o, text));
    compare("tekken", text -> successively(tekken, text));
  }

  private static final List<String> NAMES =
      List.of(
          "default",
          "gpt-2",
          "llama-bpe",
          "zhixing",
          "qwen2",
          "starcoder",
          "falcon",
          "deepseek-llm",
          "deepseek-coder",
          "deepseek-v3",
          "gpt-4o",
          "tekken",
          "viking",
          "seed-coder");

  @Test
  void cutsManyEqualCharactersWithoutDelay() {
    for (String name : NAMES) {
      for (String unit : List.of("a", "A", " ", "\n", "7", "!", "中", "\u0301", "ª", "\u0000")) {
        String text = unit.repeat(200_000) + "x";
        int[] sum = {0};

        PreTokenizer.named(name).split(text, 0, text.length(), (from, to) -> sum[0] += to - from);

        assertThat(sum[0]).isEqualTo(text.length());
      }
    }
  }

  @Test
  void splitsAPartOfTheTextAsIfItWereAll() {
    for (String name : NAMES) {
      String text = "ab  it's\n\n 123";

      List<String> part = chunks(name, "x" + text + "'s", 1, 1 + text.length());

      assertThat(part).as(name).isEqualTo(chunks(name, text, 0, text.length()));
    }
  }

  @Test
  void refusesAnUnknownPreTokenizerByName() {
    assertThatThrownBy(() -> PreTokenizer.named("kimi-k2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("default, gpt-2, llama-bpe, qwen2")
        .hasMessageContaining("'kimi-k2'");
  }

  private static List<Pattern> patterns(String... expressions) {
    return Stream.of(expressions)
        .map(expression -> Pattern.compile(expression, Pattern.UNICODE_CHARACTER_CLASS))
        .toList();
  }

  private interface Oracle {
    List<String> split(String text);
  }

  private static void compare(String name, Oracle oracle) {
    Random random = new Random(7);
    for (int round = 0; round < 4000; round++) {
      String text = RandomText.of(random, 12);

      List<String> chunks = chunks(name, text, 0, text.length());

      assertThat(chunks).as("%s: '%s'", name, text).isEqualTo(oracle.split(text));
    }
  }

  private static List<String> chunks(String name, String text) {
    return chunks(name, text, 0, text.length());
  }

  private static List<String> chunks(String name, String text, int start, int end) {
    List<String> chunks = new ArrayList<>();
    PreTokenizer.named(name)
        .split(text, start, end, (from, to) -> chunks.add(text.substring(from, to)));
    return chunks;
  }

  private static List<String> matches(Pattern pattern, String text) {
    List<String> pieces = new ArrayList<>();
    Matcher matcher = pattern.matcher(text);
    int end = 0;
    while (matcher.find()) {
      if (matcher.start() > end) {
        pieces.add(text.substring(end, matcher.start()));
      }
      pieces.add(matcher.group());
      end = matcher.end();
    }
    if (end < text.length()) {
      pieces.add(text.substring(end));
    }
    return pieces;
  }

  private static List<String> successively(List<Pattern> patterns, String text) {
    List<String> pieces = List.of(text);
    for (Pattern pattern : patterns) {
      pieces = pieces.stream().flatMap(piece -> matches(pattern, piece).stream()).toList();
    }
    return pieces;
  }
}
