package dev.zhixing.engine.grammar;

import dev.zhixing.engine.gguf.GgufFile;
import dev.zhixing.engine.tokenizer.ByteAlphabet;
import dev.zhixing.engine.tokenizer.BytePairTokenizer;
import dev.zhixing.engine.tokenizer.BytePairVocabulary;
import dev.zhixing.engine.tokenizer.TokenType;
import dev.zhixing.engine.tokenizer.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Measures what masking costs for each token of tool calls: {@code GrammarBenchmark VOCABULARY.gguf
 * [SIZE]}. The vocabulary is padded to SIZE with joined tokens and runs of white space.
 */
public final class GrammarBenchmark {
  private static final List<String> DOCUMENTS =
      List.of(
          """
          search{"query":"how tall is the tower in Paris, and since when?","limit":12}\
          """,
          """
          write_file{"path":"src/main/java/Example.java","content":"public final class Example {\\n\
          \\tprivate final String name = \\"x\\";\\n}\\n// 灯 and ünïcode 😀\\n"}\
          """,
          """
          send_email{"to":["anna@example.org","bert@example.org"],"subject":"Minutes of Tuesday",\
          "body":"Dear all,\\n\\nplease find attached what we decided.\\n\\nYours","urgent":false}\
          """,
          """
          set_light{"room":"living_room","on":true,"brightness":0.75}\
          """,
          """
          call_api{"method":"POST","url":"https://example.org/v1/items","body":{"items":[{"id":17,\
          "name":"a lamp"},{"id":18,"tags":["x","y",null]}]}}\
          """,
          """
          add_note{"title":"Shopping","text":"Milk, bread, and a new lamp for the kitchen"}\
          """);

  private static final String JSON =
      """
      root ::= value
      value ::= "{" ws (string ":" ws value ("," ws string ":" ws value)*)? "}"
        | "[" ws (value ("," ws value)*)? "]" | string | number | "true" | "false" | "null"
      string ::= "\\"" ([^"\\\\\\x00-\\x1f] | "\\\\" (["\\\\/bfnrt] | "u" [0-9a-f]{4}))* "\\""
      number ::= "-"? ("0" | [1-9] [0-9]*) ("." [0-9]+)?
      ws ::= [ \\n]{0,3}
      """;

  private GrammarBenchmark() {}

  public static void main(String[] args) {
    int size = args.length > 1 ? Integer.parseInt(args[1]) : 128_256;
    Tokenizer tokenizer = padded(BytePairVocabulary.of(GgufFile.open(Path.of(args[0]))), size);
    int[][] documents =
        DOCUMENTS.stream().map(tokenizer::encode).toArray(int[][]::new); // warms the tokenizer too
    System.out.printf("vocabulary of %d tokens, %s%n", tokenizer.size(), args[0]);
    GrammarVocabulary vocabulary = new GrammarVocabulary(tokenizer);
    long start = System.nanoTime();
    vocabulary.trie();
    System.out.printf("vocabulary prepared in %.1f ms%n", (System.nanoTime() - start) / 1e6);
    for (int round = 0; round < 60; round++) {
      measure("tool calls", round, GrammarBenchmark::tools, vocabulary, documents);
    }
    for (int round = 0; round < 3; round++) {
      measure("random walk in tool calls", round, GrammarBenchmark::tools, vocabulary);
      measure("patterns and formats", round, GrammarBenchmark::patterns, vocabulary);
      measure("JSON as EBNF", round, () -> Ebnf.parse(JSON), vocabulary);
      measure(
          "text with calls", round, () -> Rule.lazy(List.of("<tool_call>"), tools()), vocabulary);
    }
  }

  /** Measures known documents, or random walks where there are none. */
  private static void measure(
      String what,
      int round,
      Supplier<Rule> rule,
      GrammarVocabulary vocabulary,
      int[]... documents) {
    long begin = System.nanoTime();
    Grammar grammar = Grammar.compile(rule.get(), vocabulary);
    double compile = (System.nanoTime() - begin) / 1e6;
    Costs first = new Costs();
    Costs again = new Costs();
    for (Costs costs : new Costs[] {first, again}) {
      for (int[] document : documents) {
        run(grammar, document, costs);
      }
      for (int walk = 0; documents.length == 0 && walk < 10; walk++) {
        walk(grammar, vocabulary.tokenizer().size(), new Random(walk), costs);
      }
    }
    if (round < 3 || round == 59) {
      System.out.printf(
          "%s %d: compile %.2f ms; first %s; repeated %s%n", what, round, compile, first, again);
    }
  }

  /** Takes any of the tokens that are allowed. */
  private static void walk(Grammar grammar, int size, Random random, Costs costs) {
    float[] logits = new float[size];
    GrammarState state = grammar.start();
    for (int step = 0; step < 60 && !state.mustStop(); step++) {
      Arrays.fill(logits, 0);
      long begin = System.nanoTime();
      int id = state.soleToken();
      if (id < 0) {
        state.mask(logits);
      }
      long masked = System.nanoTime() - begin;
      for (id = id < 0 ? random.nextInt(size) : id; logits[id] != 0; id = (id + 1) % size) {}
      begin = System.nanoTime();
      state.accept(id);
      costs.add(masked + System.nanoTime() - begin);
    }
  }

  private static final class Costs {
    private long sum;
    private long most;
    private int count;

    void add(long nanos) {
      sum += nanos;
      most = Math.max(most, nanos);
      count++;
    }

    @Override
    public String toString() {
      return "%.3f ms/token (most %.2f, %d tokens)".formatted(sum / 1e6 / count, most / 1e6, count);
    }
  }

  private static void run(Grammar grammar, int[] document, Costs costs) {
    float[] logits = new float[200_000];
    GrammarState state = grammar.start();
    for (int id : document) {
      long begin = System.nanoTime();
      if (state.soleToken() < 0) {
        state.mask(logits);
      }
      state.accept(id);
      costs.add(System.nanoTime() - begin);
    }
    if (!state.isComplete()) {
      throw new IllegalStateException("document: expected a whole one");
    }
  }

  static Rule tools() {
    Schema string = new Schema.Str();
    return new Rule.Choice(
        tool(
            "search",
            Schema.Property.required("query", string),
            Schema.Property.optional("limit", new Schema.Int(1L, 50L))),
        tool(
            "write_file",
            Schema.Property.required("path", string),
            Schema.Property.required("content", string)),
        tool(
            "send_email",
            Schema.Property.required("to", new Schema.Arr(string, 1, 10)),
            Schema.Property.required("subject", new Schema.Str(1, 200)),
            Schema.Property.required("body", string),
            Schema.Property.optional("urgent", new Schema.Bool())),
        tool(
            "set_light",
            Schema.Property.required("room", Schema.Enum.of("living_room", "kitchen", "bedroom")),
            Schema.Property.required("on", new Schema.Bool()),
            Schema.Property.optional("brightness", new Schema.Num(0.0, 1.0))),
        tool(
            "call_api",
            Schema.Property.required("method", Schema.Enum.of("GET", "POST")),
            Schema.Property.required("url", string),
            Schema.Property.optional("body", new Schema.Any())),
        tool(
            "add_note",
            Schema.Property.required("title", new Schema.Str(1, 40)),
            Schema.Property.required("text", new Schema.Str(null, 1000))));
  }

  private static Rule patterns() {
    return new Rule.Json(
        new Schema.Obj(
            Schema.Property.required("name", Schema.Str.matching("^[\\p{L} .'-]+$")),
            Schema.Property.required("code", new Schema.Str(3, 80, List.of("^[^<>\"]*$"))),
            Schema.Property.required("note", Schema.Str.matching("(urgent|later)")),
            Schema.Property.required("at", Schema.Str.matching(Format.DATE_TIME.pattern())),
            Schema.Property.required("mail", Schema.Str.matching(Format.EMAIL.pattern())),
            Schema.Property.required("link", Schema.Str.matching(Format.URI.pattern()))));
  }

  private static Rule tool(String name, Schema.Property... properties) {
    return new Rule.Sequence(
        new Rule.Literal(name), new Rule.Json(new Schema.Obj(List.of(properties))));
  }

  /** The vocabulary with more tokens: joined ones and runs of white space, as large ones have. */
  static Tokenizer padded(BytePairVocabulary base, int size) {
    Set<String> tokens = new LinkedHashSet<>(base.tokens());
    List<String> words = base.tokens();
    Random random = new Random(5);
    for (int n = 1; n <= 128 && tokens.size() < size; n++) {
      tokens.add(ByteAlphabet.spell(" ".repeat(n).getBytes(StandardCharsets.UTF_8)));
      tokens.add(ByteAlphabet.spell("\n".repeat(n).getBytes(StandardCharsets.UTF_8)));
      tokens.add(ByteAlphabet.spell("\t".repeat(n).getBytes(StandardCharsets.UTF_8)));
    }
    while (tokens.size() < size) {
      tokens.add(words.get(300 + random.nextInt(90_000)) + words.get(300 + random.nextInt(20_000)));
    }
    List<String> all = new ArrayList<>(tokens);
    List<TokenType> types = new ArrayList<>();
    for (int id = 0; id < all.size(); id++) {
      types.add(id < words.size() ? base.type(id) : TokenType.NORMAL);
    }
    return new BytePairTokenizer(
        new BytePairVocabulary(
            all,
            types,
            base.merges(),
            base.preTokenizer().equals("deepseek-llm") ? "llama-bpe" : base.preTokenizer(),
            base.bos(),
            base.eos(),
            false));
  }
}
