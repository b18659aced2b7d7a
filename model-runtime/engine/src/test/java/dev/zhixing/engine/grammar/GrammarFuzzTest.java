package dev.zhixing.engine.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhixing.engine.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class GrammarFuzzTest {
  private static final Tokenizer TOKENIZER = TestVocabulary.tokenizer();
  private static final GrammarVocabulary VOCABULARY = new GrammarVocabulary(TOKENIZER);

  private static final List<String> PATTERNS =
      List.of(
          "^(?:[a-z0-9]{1,15}(?:-[a-z]{2,3})*\\.)+[^\\d\\s\"]$",
          "\\p{L}[\\u0041-\\x5a]{3}|(?<n>\\u{1F600}|\\cA)?.*",
          Format.URI.pattern(),
          "(a|b)*a(a|b){3}");

  private static final List<String> GRAMMARS =
      List.of(
          "root ::= \"(\" (root | [^()\\x00-\\x1f] | \"\\u706f\")* \")\" # nested\n",
          "root ::= item (\",\" item){0,3}\nitem ::= [a-z]+ | \"[\" root? \"]\"\n  | .{2}",
          "root ::= a b? c*\na ::= 'x' | b\nb ::= \"y\" c\nc ::= [^-a-z] a?");

  @Test
  void brokenPatternsGiveAGrammarOrAnError() {
    fuzz(PATTERNS, Regex::rule, 1000, "()[]{}|*+?^$\\.,-09azpPuxdDwWsS<>=!:,灯");
  }

  @Test
  void brokenGrammarsGiveAGrammarOrAnError() {
    fuzz(GRAMMARS, Ebnf::parse, 3000, "()[]{}|*+?^.,\"'\\:=#-09azrotux\n\t 灯");
  }

  private static void fuzz(
      List<String> seeds, Function<String, Rule> parser, int rounds, String alphabet) {
    Random random = new Random(17);
    int good = 0;
    for (int round = 0; round < rounds; round++) {
      String text = mutated(seeds.get(random.nextInt(seeds.size())), random, alphabet);
      try {
        GrammarState state = Grammar.compile(parser.apply(text), VOCABULARY).start();
        write(state, random, text);
        good++;
      } catch (IllegalArgumentException e) {
        assertThat(e.getMessage()).as(text).contains("expected");
      } catch (IllegalStateException e) {
        assertThat(e.getMessage()).as(text).contains("can be read");
      }
    }
    assertThat(good).isGreaterThan(rounds / 20);
  }

  private static void write(GrammarState state, Random random, String text) {
    float[] logits = new float[TOKENIZER.size()];
    for (int step = 0; step < 12 && !state.mustStop(); step++) {
      Arrays.fill(logits, 0);
      state.mask(logits);
      int id = random.nextInt(logits.length);
      for (int tried = 0; tried < logits.length && logits[id] != 0; tried++) {
        id = (id + 1) % logits.length;
      }
      assertThat(logits[id]).as("a token in %s", text).isZero();
      state.accept(id);
    }
  }

  private static String mutated(String seed, Random random, String alphabet) {
    StringBuilder text = new StringBuilder(seed);
    for (int n = 1 + random.nextInt(4); n > 0; n--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(5)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
        case 2 -> text.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
        case 3 -> {
          int end = at + random.nextInt(Math.min(20, text.length() - at) + 1);
          text.insert(random.nextInt(text.length()), text.substring(at, end));
        }
        default -> text.insert(at, random.nextInt(100_000));
      }
      if (text.isEmpty()) {
        return "x";
      }
    }
    return text.toString();
  }
}
