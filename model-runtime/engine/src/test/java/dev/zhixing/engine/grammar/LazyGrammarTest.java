package dev.zhixing.engine.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhixing.engine.tokenizer.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LazyGrammarTest {
  private static final Tokenizer TOKENIZER = TestVocabulary.tokenizer(300);
  private static final Schema CALL =
      new Schema.Obj(Schema.Property.required("on", new Schema.Bool()));
  private static final Rule TAGGED =
      Rule.lazy(
          List.of("<call>"),
          new Rule.Sequence(
              new Rule.Literal("<call>"), new Rule.Json(CALL), new Rule.Literal("</call>")));

  @Test
  void textIsFreeUntilTheTrigger() {
    assertThat(accepts(TAGGED, "")).isTrue();
    assertThat(accepts(TAGGED, "a < b, <cal, {\"on\":1} 灯 <<call")).isTrue();
    assertThat(accepts(TAGGED, "so <call>{\"on\":true}</call> and <call>{\"on\":false}</call>."))
        .isTrue();
    assertThat(accepts(TAGGED, "<<call>{\"on\":true}</call>")).isTrue();
  }

  @Test
  void theGrammarHoldsBehindTheTrigger() {
    assertThat(accepts(TAGGED, "so <call>")).isFalse();
    assertThat(accepts(TAGGED, "so <call>x")).isFalse();
    assertThat(accepts(TAGGED, "so <call>{\"on\":1}</call>")).isFalse();
    assertThat(accepts(TAGGED, "<<call>{\"on\":true}<call>")).isFalse();
  }

  @Test
  void aTokenMayContainTheTriggerAndWhatFollows() {
    Rule braces = Rule.lazy(List.of("{"), new Rule.Json(CALL));
    GrammarState state = Grammar.compile(braces, TOKENIZER).start();
    float[] logits = new float[TOKENIZER.size()];

    state.mask(logits);

    assertThat(logits[id("{\"")]).isZero(); // what a call begins with
    assertThat(logits[id("{}")]).isNegative(); // a call without its property
    assertThat(logits[id("\"}")]).isZero(); // text
    assertThat(logits[id("},{")]).isZero(); // text and the beginning of a call
    state.accept(id("},{"));
    assertThat(new String(state.forced(), StandardCharsets.UTF_8)).isEqualTo("\"on\":");
  }

  @Test
  void aSpecialTokenMayBeTheTrigger() {
    Rule rule = Rule.lazy(TestVocabulary.CALL, new Rule.Json(CALL));
    GrammarState state = Grammar.compile(rule, TOKENIZER).start();

    for (int id : TOKENIZER.encode("{\"x\": <|call|> free")) {
      state.accept(id);
    }
    assertThat(state.isComplete()).isTrue();
    state.accept(TestVocabulary.CALL);
    assertThat(state.isComplete()).isFalse();
    assertThat(new String(state.forced(), StandardCharsets.UTF_8)).isEqualTo("{\"on\":");
  }

  @Test
  void aMaskIsWhatEachTokenByItselfSays() {
    Random random = new Random(71);
    List<Rule> rules =
        List.of(
            TAGGED,
            Rule.lazy(List.of("{", "[1"), new Rule.Json(new Schema.Any(1))),
            new Rule.Free("ab", "bc", "灯"),
            Regex.rule("([^\"]*\"[a-z]+\"){2,4}"),
            Ebnf.parse("root ::= \"(\" (root | [^()] | \"灯\")* \")\""));
    for (Rule rule : rules) {
      Grammar grammar = Grammar.compile(rule, TOKENIZER);
      for (int round = 0; round < 15; round++) {
        GrammarState state = grammar.start();
        for (int step = 0; step < 40 && !state.mustStop(); step++) {
          float[] logits = new float[TOKENIZER.size()];

          state.mask(logits);

          int next = -1;
          for (int id = 0; id < logits.length; id++) {
            assertThat(logits[id] == 0).as("%s: token %d", rule, id).isEqualTo(state.allows(id));
            next = logits[id] == 0 && (next < 0 || random.nextInt(20) == 0) ? id : next;
          }
          state.accept(next);
        }
      }
    }
  }

  private static int id(String token) {
    int id = 0;
    while (!TOKENIZER.decode(id).equals(token)) {
      id++;
    }
    return id;
  }

  private static boolean accepts(Rule rule, String text) {
    GrammarState state = Grammar.compile(rule, TOKENIZER).start();
    for (int id : TOKENIZER.encode(text)) {
      if (!state.allows(id)) {
        return false;
      }
      state.accept(id);
    }
    return state.isComplete();
  }
}
