package dev.zhixing.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
  void splitsAPartOfTheTextAsIfItWereAll() {
    for (String name : List.of("default", "gpt-2", "llama-bpe", "zhixing")) {
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
