package dev.zhixing.engine.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhixing.engine.tokenizer.Tokenizer;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RegexTest {
  private static final Tokenizer TOKENIZER = TestVocabulary.tokenizer();

  @Test
  void matchesWhatJavasPatternsMatch() {
    RandomPattern patterns = new RandomPattern(3);
    for (int round = 0; round < 400; round++) {
      String pattern = patterns.anchored(3);
      Pattern oracle = Pattern.compile(pattern);
      CharDfa somewhere = CharDfaBuilder.of(CharTree.somewhere(PatternParser.parse(pattern)));
      CharDfa whole = CharDfaBuilder.of(PatternParser.parse(pattern));
      for (int i = 0; i < 40; i++) {
        String text = patterns.text();
        if (text.endsWith("\n")) {
          continue; // Java's $ also matches before it
        }
        assertThat(somewhere.matches(text))
            .as("/%s/ somewhere in '%s'", pattern, text)
            .isEqualTo(oracle.matcher(text).find());
        assertThat(whole.matches(text))
            .as("/%s/ is '%s'", pattern, text)
            .isEqualTo(oracle.matcher(text).matches());
      }
    }
  }

  @Test
  void rulesAndStringsOfPatternsTakeWhatThePatternMatches() {
    RandomPattern patterns = new RandomPattern(5);
    for (int round = 0; round < 200; round++) {
      String pattern = patterns.next(3);
      CharDfa dfa = CharDfaBuilder.of(PatternParser.parse(pattern));
      Grammar raw = Grammar.compile(Regex.rule(pattern), TOKENIZER);
      Schema quoted = Schema.Str.matching("^(?:" + pattern + ")$");
      Grammar string = Grammar.compile(new Rule.Json(quoted), TOKENIZER);
      for (int i = 0; i < 30; i++) {
        String text = patterns.text();
        String json = JsonLiteral.of(text, "$");

        assertThat(accepts(raw, text)).as("%s %s", pattern, text).isEqualTo(dfa.matches(text));
        assertThat(accepts(string, json)).as("%s %s", pattern, json).isEqualTo(dfa.matches(text));
      }
    }
  }

  @Test
  void countsTheCharactersOfAPattern() {
    RandomPattern patterns = new RandomPattern(7);
    Random random = new Random(11);
    int satisfiable = 0;
    for (int round = 0; round < 200; round++) {
      String pattern = patterns.anchored(3);
      int min = random.nextInt(3);
      int max = min + random.nextInt(4);
      CharDfa dfa = CharDfaBuilder.of(CharTree.somewhere(PatternParser.parse(pattern)));
      CharDfa limited = CharDfaBuilder.limited(dfa, new Bounds(min, max));
      CharDfa atLeast = CharDfaBuilder.limited(dfa, new Bounds(min, Bounds.ANY));
      for (int i = 0; i < 30; i++) {
        String text = patterns.text();
        int length = text.codePointCount(0, text.length());

        assertThat(limited.matches(text))
            .isEqualTo(dfa.matches(text) && length >= min && length <= max);
        assertThat(atLeast.matches(text)).isEqualTo(dfa.matches(text) && length >= min);
      }
      satisfiable += limited.isEmpty() ? 0 : 1;
    }
    assertThat(satisfiable).isGreaterThan(100);
  }

  @Test
  void combinesPatterns() {
    RandomPattern patterns = new RandomPattern(13);
    for (int round = 0; round < 200; round++) {
      CharDfa a = CharDfaBuilder.of(CharTree.somewhere(PatternParser.parse(patterns.anchored(2))));
      CharDfa b = CharDfaBuilder.of(CharTree.somewhere(PatternParser.parse(patterns.anchored(2))));
      CharDfa both = CharDfaBuilder.both(a, b);
      CharDfa without = CharDfaBuilder.without(a, b);
      for (int i = 0; i < 30; i++) {
        String text = patterns.text();

        assertThat(both.matches(text)).isEqualTo(a.matches(text) && b.matches(text));
        assertThat(without.matches(text)).isEqualTo(a.matches(text) && !b.matches(text));
      }
    }
  }

  @Test
  void knowsClassesAndProperties() {
    assertThat(whole("[\\w-]+", "a-b_1")).isTrue();
    assertThat(whole("[^\\W_]", "_")).isFalse();
    assertThat(whole("\\p{L}+", "aé灯")).isTrue();
    assertThat(whole("\\p{L}", "1")).isFalse();
    assertThat(whole("\\p{Lu}\\P{Lu}", "Aa")).isTrue();
    assertThat(whole("\\p{Script=Han}{2}", "客厅")).isTrue();
    assertThat(whole("[\\p{Nd}.]+", "1.5")).isTrue();
    assertThat(whole("\\x41\\u0042\\u{1F600}\\uD83D\\uDE00\\cJ", "AB😀😀\n")).isTrue();
    assertThat(whole("(?<year>\\d{4})", "2026")).isTrue();
    assertThat(whole("[]", "")).isFalse();
    assertThat(whole("a]}", "a]}")).isTrue();
  }

  @Test
  void refusesWhatIsNotRegularWithThePosition() {
    for (String bad :
        List.of(
            "(a)\\1",
            "(?=a)",
            "(?!a)",
            "(?<=a)",
            "(?<!a)",
            "\\bword",
            "(?i)a",
            "(?<n>a)\\k<n>",
            "a**",
            "*a",
            "(a",
            "a)",
            "[a",
            "[b-a]",
            "a{2,1}",
            "a{99999}",
            "\\",
            "\\q",
            "\\p{Foo}",
            "\\u12",
            "\\u{110000}",
            "[\\d-z]",
            "a{,2}",
            "^*",
            "\ud800",
            "x{",
            "\\01")) {
      assertThatThrownBy(() -> Regex.rule(bad))
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("position");
    }
    assertThatThrownBy(() -> Regex.rule("a[]")).hasMessageContaining("some text matches");
    assertThatThrownBy(() -> Regex.rule("[^\\d\\D]")).hasMessageContaining("some text matches");
    assertThatThrownBy(() -> Regex.rule("(((a{1,99}){1,99}){1,99}){1,99}"))
        .hasMessageContaining("at most");
    assertThatThrownBy(() -> Regex.rule("(a|b)*a(a|b){20}")).hasMessageContaining("at most");
    assertThatThrownBy(() -> Regex.rule("(".repeat(5000) + ")".repeat(5000)))
        .hasMessageContaining("deep");
  }

  private static boolean whole(String pattern, String text) {
    return CharDfaBuilder.of(PatternParser.parse(pattern)).matches(text);
  }

  static boolean accepts(Grammar grammar, String text) {
    GrammarState state = grammar.start();
    for (int id : TOKENIZER.encode(text)) {
      if (!state.allows(id)) {
        return false;
      }
      state.accept(id);
    }
    return state.isComplete();
  }
}
