package dev.zhixing.engine.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhixing.engine.tokenizer.Tokenizer;
import org.junit.jupiter.api.Test;

class EbnfTest {
  private static final Tokenizer TOKENIZER = TestVocabulary.tokenizer();

  private static final String JSON =
      """
      # JSON, as grammars for it are usually written
      root   ::= object
      value  ::= object | array | string | number | ("true" | "false" | "null") ws
      object ::=
        "{" ws (
                  string ":" ws value
          ("," ws string ":" ws value)*
        )? "}" ws
      array  ::=
        "[" ws ( value ("," ws value)* )? "]" ws
      string ::=
        "\\"" (
          [^"\\\\\\x7F\\x00-\\x1F] |
          "\\\\" (["\\\\bfnrt] | "u" [0-9a-fA-F]{4})
        )* "\\"" ws
      number ::= ("-"? ([0-9] | [1-9] [0-9]{0,15})) ("." [0-9]+)? ([eE] [-+]? [0-9] [1-9]{0,15})? ws
      ws ::= | " " | "\\n" [ \\t]{0,20}
      """;

  @Test
  void readsTheUsualGrammarOfJson() {
    Grammar grammar = Grammar.compile(Ebnf.parse(JSON), TOKENIZER);

    assertThat(RegexTest.accepts(grammar, "{\"a\": [1, -2.5e+1, \"x\\n灯\", null], \"b\":{}}"))
        .isTrue();
    assertThat(RegexTest.accepts(grammar, "{\"a\":[[[[[[[[[[{\"b\":true}]]]]]]]]]]}")).isTrue();
    assertThat(RegexTest.accepts(grammar, "{\"a\":[1,]}")).isFalse();
    assertThat(RegexTest.accepts(grammar, "{\"a\":01}")).isFalse();
    assertThat(RegexTest.accepts(grammar, "[]")).isFalse();
  }

  @Test
  void readsEachKindOfPart() {
    assertThat(accepts("root ::= \"a\" 'b' . [c-e] [^x]", "ab灯dz")).isTrue();
    assertThat(accepts("root ::= \"a\"{2} \"b\"{1,} \"c\"{0,1}", "aabbb")).isTrue();
    assertThat(accepts("root ::= \"a\"{2} \"b\"{1,} \"c\"{0,1}", "abc")).isFalse();
    assertThat(accepts("root ::= [-a] [a-] [\\]\\-^] \"\\x41\\u706f\\U0001F600\"", "--^A灯😀"))
        .isTrue();
    assertThat(accepts("root ::= a | # first\n  b\na ::= \"x\"\n  | \"y\"\nb::=\"z\"", "y"))
        .isTrue();
    assertThat(accepts("root ::= \"\"", "")).isTrue();
    assertThat(accepts("root ::= (\"a\"?)* \"b\"", "aab")).isTrue();
  }

  @Test
  void recurses() {
    String nested = "root ::= \"(\" root* \")\"";

    assertThat(accepts(nested, "(()(()))")).isTrue();
    assertThat(accepts(nested, "(()")).isFalse();
    assertThat(accepts(nested, "(".repeat(3000) + ")".repeat(3000))).isTrue();
    assertThat(accepts("root ::= \"x\" root \"y\"? | \"\"", "x".repeat(500))).isTrue();
  }

  @Test
  void refusesWhatIsWrongWithThePlace() {
    refuses("root ::= \"a", "line 1, column 10", "closing quote");
    refuses("root ::= [a", "line 1, column 10", "closing bracket");
    refuses("root ::= [b-a]", "line 1, column 10", "class");
    refuses("root ::= (\"a\"", "line 1, column 10", "parenthesis");
    refuses("root ::= a\nb ::= \"x\"", "line 1, column 10", "'a'");
    refuses("a ::= \"x\"", "root", "none");
    refuses("root ::= \"a\"\nroot ::= \"b\"", "line 2, column 1", "again");
    refuses("root = \"a\"", "line 1, column 6", "::=");
    refuses("root ::= *", "line 1, column 10", "name");
    refuses("root ::= \"a\"{3,2}", "line 1", "repetition");
    refuses("root ::= \"\\q\"", "line 1, column 11", "\\q");
    refuses("root ::= \"\\ud800\"", "line 1", "surrogate");
  }

  @Test
  void refusesLeftRecursionAndTextsWithoutEnd() {
    refuses("root ::= root \"a\" | \"b\"", "rule root", "left recursion");
    refuses("root ::= a \"x\"\na ::= \"\" b\nb ::= \"y\"? root | \"z\"", "rule", "left recursion");
    refuses("root ::= \"a\" root", "rule root", "texts that end");
    refuses("root ::= \"a\" | \"b\" a\na ::= \"c\" a", "rule a", "texts that end");
  }

  @Test
  void endsAmbiguousGrammarsWithAnError() {
    String ambiguous =
        "root ::= \"x\" root a | \"x\" root b | \"x\"\na ::= \"y\" | \"z\"\nb ::= \"y\" | \"w\"";
    GrammarState state = Grammar.compile(Ebnf.parse(ambiguous), TOKENIZER).start();
    int x = TOKENIZER.encode("x")[0];

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 100; i++) {
                state.accept(x);
              }
            })
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("can be read");
  }

  @Test
  void followsManyWaysToTheSameOnce() {
    StringBuilder doubling = new StringBuilder("root ::= a0\n");
    for (int i = 0; i < 60; i++) {
      doubling.append("a%d ::= a%d | a%d | a%d \"\"\n".formatted(i, i + 1, i + 1, i + 1));
    }
    doubling.append("a60 ::= \"x\" a60? | \"y\"{0,1000000}");

    assertThat(accepts(doubling.toString(), "xxxyyy")).isTrue();
    assertThat(accepts("root ::= " + "(".repeat(90) + "\"a\"*" + ")*".repeat(90), "aaaa")).isTrue();
  }

  private static boolean accepts(String grammar, String text) {
    return RegexTest.accepts(Grammar.compile(Ebnf.parse(grammar), TOKENIZER), text);
  }

  private static void refuses(String grammar, String... texts) {
    for (String text : texts) {
      assertThatThrownBy(() -> Ebnf.parse(grammar))
          .as(grammar)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(text);
    }
  }
}
