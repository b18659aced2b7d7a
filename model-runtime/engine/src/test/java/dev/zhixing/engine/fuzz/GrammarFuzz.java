package dev.zhixing.engine.fuzz;

import dev.zhixing.engine.grammar.Ebnf;
import dev.zhixing.engine.grammar.Grammar;
import dev.zhixing.engine.grammar.GrammarState;
import dev.zhixing.engine.grammar.GrammarVocabulary;
import dev.zhixing.engine.grammar.Regex;
import dev.zhixing.engine.grammar.Rule;
import dev.zhixing.engine.grammar.TestVocabulary;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Grammars: a slash and a regular expression, or EBNF; and the first tokens of a text in them. */
public final class GrammarFuzz {
  private static final GrammarVocabulary VOCABULARY =
      new GrammarVocabulary(TestVocabulary.tokenizer());
  private static final int STEPS = 8;

  private GrammarFuzz() {}

  /** Reads an input. */
  public static void fuzzerTestOneInput(byte[] input) {
    isTaken(input);
  }

  static boolean isTaken(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    return HostileInput.isTaken(
        IllegalArgumentException.class,
        "",
        Long.MAX_VALUE, // states come and go; the automaton bounds what it keeps
        () -> {
          Rule rule = text.startsWith("/") ? Regex.rule(text.substring(1)) : Ebnf.parse(text);
          try {
            write(Grammar.compile(rule, VOCABULARY).start(), Arrays.hashCode(input));
          } catch (IllegalStateException e) {
            if (!String.valueOf(e.getMessage()).contains("can be read")) {
              throw e; // else it is too ambiguous, which only a text shows
            }
          }
        });
  }

  /** Goes on with tokens that the grammar allows, not always the same ones. */
  private static void write(GrammarState state, int seed) {
    float[] logits = new float[VOCABULARY.tokenizer().size()];
    for (int step = 0; step < STEPS && !state.mustStop(); step++) {
      Arrays.fill(logits, 0);
      state.mask(logits);
      int id = Math.floorMod(seed * 31 + step, logits.length);
      for (int tried = 0; tried < logits.length && logits[id] != 0; tried++) {
        id = (id + 1) % logits.length;
      }
      if (logits[id] != 0) {
        throw new AssertionError("expected a token that may come next, found none");
      }
      state.accept(id);
      state.forced();
    }
  }
}
