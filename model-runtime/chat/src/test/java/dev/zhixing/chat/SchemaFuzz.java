package dev.zhixing.chat;

import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.zhixing.engine.grammar.Grammar;
import dev.zhixing.engine.grammar.GrammarState;
import dev.zhixing.engine.tokenizer.ByteAlphabet;
import dev.zhixing.engine.tokenizer.BytePairTokenizer;
import dev.zhixing.engine.tokenizer.BytePairVocabulary;
import dev.zhixing.engine.tokenizer.Tokenizer;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** JSON Schemas as applications and MCP servers bring them, and the first bytes of a document. */
public final class SchemaFuzz {
  private static final long HEAP = 256 << 20;
  private static final int STEPS = 12;
  private static final Tokenizer TOKENIZER = tokenizer();

  private SchemaFuzz() {}

  /** Reads an input. */
  public static void fuzzerTestOneInput(byte[] input) {
    isTaken(input);
  }

  static boolean isTaken(byte[] input) {
    return HostileText.isTaken(
        input,
        IllegalArgumentException.class,
        HEAP,
        text -> {
          if (!text.isBlank()) { // LangChain4j takes no empty one
            write(Grammar.compile(TurnRules.json(JsonRawSchema.from(text)), TOKENIZER));
          }
        });
  }

  /** Goes on with bytes that the grammar allows, not always the same ones. */
  private static void write(Grammar grammar) {
    GrammarState state = grammar.start();
    for (int step = 0; step < STEPS && !state.mustStop(); step++) {
      int id = Math.floorMod(step * 97, TOKENIZER.size());
      for (int tried = 0; tried < TOKENIZER.size() && !state.allows(id); tried++) {
        id = (id + 1) % TOKENIZER.size();
      }
      state.accept(id);
    }
  }

  private static Tokenizer tokenizer() {
    List<String> bytes =
        IntStream.range(0, 256).mapToObj(b -> String.valueOf(ByteAlphabet.spell(b))).toList();
    return new BytePairTokenizer(
        new BytePairVocabulary(
            bytes, List.of(), List.of(), "gpt-2", OptionalInt.empty(), OptionalInt.empty(), false));
  }
}
