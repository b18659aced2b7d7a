package dev.zhixing.engine.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhixing.engine.tokenizer.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GrammarTest {
  private static final Tokenizer TOKENIZER = TestVocabulary.tokenizer();

  @Test
  void placesCommasAroundOptionalProperties() {
    Schema optional =
        new Schema.Obj(
            Schema.Property.optional("a", new Schema.Bool()),
            Schema.Property.optional("b", new Schema.Null()));

    assertThat(accepts(optional, "{}")).isTrue();
    assertThat(accepts(optional, "{\"a\":true}")).isTrue();
    assertThat(accepts(optional, "{\"b\":null}")).isTrue();
    assertThat(accepts(optional, "{\"a\":false,\"b\":null}")).isTrue();
    assertThat(accepts(optional, "{,\"b\":null}")).isFalse();
    assertThat(accepts(optional, "{\"a\":true,}")).isFalse();
    assertThat(accepts(optional, "{\"b\":null,\"a\":true}")).isFalse();
    assertThat(accepts(optional, "{\"a\":true,\"a\":true}")).isFalse();
  }

  @Test
  void writesKeywordArgumentsOfPython() {
    Schema nested = new Schema.Arr(new Schema.AnyOf(List.of(new Schema.Bool(), new Schema.Null())));
    Schema call =
        new Schema.Obj(
            Schema.Property.optional("a", new Schema.Int()),
            Schema.Property.required("b-c", nested),
            Schema.Property.optional("d", new Schema.Enum(List.of("x", true))));

    assertThat(acceptsKeywords(call, "a=1, b-c=[True,None], d=\"x\"")).isTrue();
    assertThat(acceptsKeywords(call, "b-c=[], d=True")).isTrue();
    assertThat(acceptsKeywords(call, "a=1")).isFalse();
    assertThat(acceptsKeywords(call, "b-c=[true]")).isFalse();
    assertThat(acceptsKeywords(call, "b-c=[],d=True")).isFalse();
    assertThat(acceptsKeywords(new Schema.Obj(), "")).isTrue();
    assertThat(
            acceptsKeywords(
                new Schema.Definitions(
                    Map.of("B", new Schema.Bool()),
                    new Schema.Obj(Schema.Property.required("b", new Schema.Ref("B")))),
                "b=False"))
        .isTrue();
  }

  @Test
  void refusesArgumentsWithoutNamesForThem() {
    assertThatThrownBy(() -> acceptsKeywords(new Schema.Str(), "a"))
        .hasMessageContaining("expected an object");
    assertThatThrownBy(
            () ->
                acceptsKeywords(
                    new Schema.Obj(Schema.Property.required("a b", new Schema.Str())), "a"))
        .hasMessageContaining("$.a b: expected the name of an argument");
  }

  private static boolean acceptsKeywords(Schema schema, String text) {
    Rule rule = new Rule.Sequence(new Rule.Keywords(schema), new Rule.Literal(")"));
    GrammarState state = Grammar.compile(rule, TOKENIZER).start();
    for (int id : TOKENIZER.encode(text + ")")) {
      if (!state.allows(id)) {
        return false;
      }
      state.accept(id);
    }
    return state.mustStop();
  }

  @Test
  void insistsOnRequiredProperties() {
    Schema mixed =
        new Schema.Obj(
            Schema.Property.optional("a", new Schema.Bool()),
            Schema.Property.required("ab", new Schema.Bool()),
            Schema.Property.optional("c", new Schema.Bool()));

    assertThat(accepts(mixed, "{\"ab\":true}")).isTrue();
    assertThat(accepts(mixed, "{\"a\":true,\"ab\":true,\"c\":true}")).isTrue();
    assertThat(accepts(mixed, "{}")).isFalse();
    assertThat(accepts(mixed, "{\"a\":true}")).isFalse();
    assertThat(accepts(mixed, "{\"c\":true}")).isFalse();
  }

  @Test
  void allowsWhatJsonStringsAllow() {
    Schema string = new Schema.Str();
    for (String good :
        List.of(
            "",
            "a b",
            "灯😀",
            "\\\"",
            "\\\\",
            "\\/",
            "\\b\\f\\n\\r\\t",
            "\\u00e9",
            "\\ud83d\\uDE00",
            "\\uD7ff",
            "\\ue000",
            "\u007f")) {
      assertThat(accepts(string, "\"" + good + "\"")).as(good).isTrue();
    }
    for (String bad :
        List.of(
            "\n",
            "\u0001",
            "\\",
            "\\x",
            "\\u12g4",
            "\\ud83d",
            "\\ud83dx",
            "\\ud83d\\n",
            "\\ud83d\\u0041",
            "\\udE00")) {
      assertThat(accepts(string, "\"" + bad + "\"")).as(bad).isFalse();
    }
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    int[][] bad = {
      {0x80},
      {0xc0, 0x80},
      {0xc1, 0xbf},
      {0xe0, 0x9f, 0xbf},
      {0xed, 0xa0, 0x80},
      {0xf0, 0x8f, 0xbf, 0xbf},
      {0xf4, 0x90, 0x80, 0x80},
      {0xf5},
      {0xe7, 0x81, 'a'},
      {0xe7, '"'}
    };
    int[][] good = {
      {0xc2, 0x80},
      {0xe0, 0xa0, 0x80},
      {0xed, 0x9f, 0xbf},
      {0xf0, 0x90, 0x80, 0x80},
      {0xf4, 0x8f, 0xbf, 0xbf}
    };
    for (Rule rule : List.of(new Rule.Json(new Schema.Str()), new Rule.Text())) {
      int quote = rule instanceof Rule.Json ? '"' : 'x';

      assertThat(Arrays.stream(bad).noneMatch(bytes -> takes(rule, quote, bytes))).isTrue();
      assertThat(Arrays.stream(good).allMatch(bytes -> takes(rule, quote, bytes))).isTrue();
    }
  }

  @Test
  void countsCodePoints() {
    Schema string = new Schema.Str(2, 3);

    assertThat(accepts(string, "\"灯\"")).isFalse();
    assertThat(accepts(string, "\"灯😀\"")).isTrue();
    assertThat(accepts(string, "\"a\\n\\ud83d\\ude00\"")).isTrue();
    assertThat(accepts(string, "\"abcd\"")).isFalse();
  }

  @Test
  void allowsEnumValuesOfAnyType() {
    Schema choice =
        new Schema.Enum(
            List.of(
                "a\"b", 1L, 12, 2.50, true, new Schema.Null(), List.of(1, "x"), Map.of("k", 1)));

    for (String good :
        List.of("\"a\\\"b\"", "1", "12", "2.5", "true", "null", "[1,\"x\"]", "{\"k\":1}")) {
      assertThat(accepts(choice, good)).as(good).isTrue();
    }
    assertThat(accepts(choice, "2")).isFalse();
    assertThat(accepts(choice, "false")).isFalse();
  }

  @Test
  void boundsArrays() {
    Schema array = new Schema.Arr(new Schema.Int(0L, 9L), 1, 3);

    assertThat(accepts(array, "[]")).isFalse();
    assertThat(accepts(array, "[1]")).isTrue();
    assertThat(accepts(array, "[1,2,3]")).isTrue();
    assertThat(accepts(array, "[1,2,3,4]")).isFalse();
    assertThat(accepts(array, "[1,]")).isFalse();
    assertThat(accepts(new Schema.Arr(new Schema.Bool()), "[]")).isTrue();
  }

  @Test
  void writesTheValuesOfASubsetOnce() {
    Schema subset = new Schema.Subset(List.of("a", "ab", 1, 1.0), 1, 2);

    assertThat(accepts(subset, "[\"ab\"]")).isTrue();
    assertThat(accepts(subset, "[\"ab\",\"a\"]")).isTrue();
    assertThat(accepts(subset, "[1,\"a\"]")).isTrue();
    assertThat(accepts(subset, "[\"a\",\"a\"]")).isFalse();
    assertThat(accepts(subset, "[1,1.0]")).isFalse();
    assertThat(accepts(subset, "[\"a\",\"ab\",1]")).isFalse();
    assertThat(accepts(subset, "[]")).isFalse();
  }

  @Test
  void boundsTheDepthOfAnyValue() {
    Schema any = new Schema.Any(2);

    assertThat(accepts(any, "{\"a\":[1,-2.5,\"x\",null,true],\"b\":{}}")).isTrue();
    assertThat(accepts(any, "[[]]")).isTrue();
    assertThat(accepts(any, "[[[]]]")).isFalse();
    assertThat(accepts(any, "[1,]")).isFalse();
  }

  @Test
  void allowsSpecialTokensOnlyWhereARuleSaysSo() {
    Rule call =
        new Rule.Sequence(
            new Rule.Text(),
            new Rule.Token(TestVocabulary.CALL),
            new Rule.Literal("go"),
            new Rule.Token(TestVocabulary.END));
    GrammarState state = Grammar.compile(call, TOKENIZER).start();

    assertThat(state.allows(TestVocabulary.END)).isFalse();
    assertThat(state.allows(TestVocabulary.PAD)).isFalse();
    feed(state, "Let me 灯.");
    state.accept(TestVocabulary.CALL);
    assertThat(state.forced()).isEqualTo("go".getBytes(StandardCharsets.UTF_8));
    assertThat(state.allows(TestVocabulary.END)).isFalse();
    feed(state, "go");
    assertThat(state.soleToken()).isEqualTo(TestVocabulary.END);
    assertThat(state.forced()).isEmpty();
    state.accept(TestVocabulary.END);
    assertThat(state.mustStop()).isTrue();
    assertThat(state.soleToken()).isEqualTo(-1);
  }

  @Test
  void takesASpeltOutSpecialTokenAsText() {
    GrammarState state = Grammar.compile(new Rule.Text(), TOKENIZER).start();

    feed(state, "<|end|>");

    assertThat(state.isComplete()).isTrue();
  }

  @Test
  void repeatsARule() {
    Rule repeat =
        new Rule.Repeat(new Rule.Choice(new Rule.Literal("ab"), new Rule.Literal("a")), 2, 3);

    assertThat(accepts(repeat, "a")).isFalse();
    assertThat(accepts(repeat, "aab")).isTrue();
    assertThat(accepts(repeat, "ababab")).isTrue();
    assertThat(accepts(repeat, "aaaa")).isFalse();
    assertThat(accepts(new Rule.Repeat(new Rule.Text(), 0, Integer.MAX_VALUE), "x")).isTrue();
  }

  @Test
  void forcesWhatAllContinuationsShare() {
    Schema schema =
        new Schema.Obj(
            Schema.Property.required("room", Schema.Enum.of("living_room", "living_area")),
            Schema.Property.required("on", new Schema.Bool()));
    GrammarState state = Grammar.compile(new Rule.Json(schema), TOKENIZER).start();

    assertThat(new String(state.forced(), StandardCharsets.UTF_8)).isEqualTo("{\"room\":\"living_");
    feed(state, "{\"room\":\"living_r");
    assertThat(new String(state.forced(), StandardCharsets.UTF_8)).isEqualTo("oom\",\"on\":");
  }

  @Test
  void copiesAreIndependent() {
    GrammarState state = Grammar.compile(new Rule.Literal("ab"), TOKENIZER).start();

    GrammarState copy = state.copy();
    feed(copy, "ab");

    assertThat(copy.mustStop()).isTrue();
    assertThat(new String(state.forced(), StandardCharsets.UTF_8)).isEqualTo("ab");
  }

  @Test
  void saysWhichTokenWasNotAllowed() {
    GrammarState state = Grammar.compile(new Rule.Literal("ab"), TOKENIZER).start();
    int x = TOKENIZER.encode("x")[0];

    assertThatThrownBy(() -> state.accept(x))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'x'");
    assertThatThrownBy(() -> state.accept(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThat(state.allows(TOKENIZER.size())).isFalse();
  }

  @Test
  void refusesWhatCannotBeSatisfiedWithThePath() {
    refuses(new Schema.Int(5L, 3L), "$.list[].p: ", "minimum 5, maximum 3");
    refuses(new Schema.Num(5.5, 3.0), "$.list[].p: ", "minimum 5.5, maximum 3.0");
    refuses(new Schema.Num(1e-20, 2e-20), "$.list[].p: ", "at most 15 digits");
    refuses(new Schema.Num(Double.NaN, null), "$.list[].p: ", "NaN");
    refuses(new Schema.Str(3, 2), "$.list[].p: ", "characters, found minimum 3, maximum 2");
    refuses(new Schema.Str(-1, 2), "$.list[].p: ", "minimum -1");
    refuses(new Schema.Arr(new Schema.Bool(), 2, 1), "$.list[].p: ", "items");
    refuses(new Schema.Enum(List.of()), "$.list[].p: ", "empty enum");
    refuses(new Schema.AnyOf(List.of()), "$.list[].p: ", "option");
    refuses(new Schema.Const(new Object()), "$.list[].p: ", "java.lang.Object");
    refuses(new Schema.Any(-1), "$.list[].p: ", "depth");
    refuses(
        new Schema.Obj(
            Schema.Property.required("x", new Schema.Bool()),
            Schema.Property.optional("x", new Schema.Bool())),
        "$.list[].p: ",
        "'x' twice");
    assertThatThrownBy(() -> Grammar.compile(new Rule.Token(300), TOKENIZER))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void refuses(Schema schema, String path, String text) {
    Schema outer =
        new Schema.Obj(
            Schema.Property.required(
                "list", new Schema.Arr(new Schema.Obj(Schema.Property.optional("p", schema)))));

    assertThatThrownBy(() -> Grammar.compile(new Rule.Json(outer), TOKENIZER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(path)
        .hasMessageContaining(text);
  }

  private static boolean accepts(Schema schema, String text) {
    return accepts(new Rule.Json(schema), text);
  }

  private static boolean accepts(Rule rule, String text) {
    GrammarState state = Grammar.compile(rule, TOKENIZER).start();
    return feed(state, text) && state.isComplete();
  }

  private static boolean feed(GrammarState state, String text) {
    for (int id : TOKENIZER.encode(text)) {
      if (!state.allows(id)) {
        return false;
      }
      state.accept(id);
    }
    return true;
  }

  private static boolean takes(Rule rule, int first, int[] bytes) {
    GrammarState state = Grammar.compile(rule, TOKENIZER).start();
    state.accept(byteToken(first));
    for (int value : bytes) {
      if (!state.allows(byteToken(value))) {
        return false;
      }
      state.accept(byteToken(value));
    }
    return true;
  }

  private static int byteToken(int value) {
    return 3 + value;
  }
}
