package dev.zhixing.engine.grammar;

import dev.zhixing.engine.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;

/** Turns rules into nodes. */
final class RuleCompiler {
  private final Tokenizer vocabulary;
  private final SchemaCompiler schemas = new SchemaCompiler();

  RuleCompiler(Tokenizer vocabulary) {
    this.vocabulary = vocabulary;
  }

  Node compile(Rule rule) {
    return switch (rule) {
      case Rule.Literal literal -> SchemaCompiler.literal(literal.text());
      case Rule.Sequence sequence -> sequence(sequence);
      case Rule.Choice choice -> choice(choice);
      case Rule.Repeat repeat ->
          new Repeat(
              compile(repeat.rule()),
              SchemaCompiler.bounds(repeat.min(), repeat.max(), "repeat", "repetitions"));
      case Rule.Text text ->
          new Text(SchemaCompiler.bounds(text.min(), text.max(), "text", "characters"));
      case Rule.Json json -> schemas.compile(json.schema(), "$");
      case Rule.Token token -> token(token);
    };
  }

  private Node sequence(Rule.Sequence sequence) {
    Node node = new Node.Empty();
    for (Rule rule : sequence.rules().reversed()) {
      Node first = compile(rule);
      node = node instanceof Node.Empty ? first : new Node.Sequence(first, node);
    }
    return node;
  }

  private Node choice(Rule.Choice choice) {
    if (choice.options().isEmpty()) {
      throw new IllegalArgumentException("choice: expected at least one option, found none");
    }
    List<Node> options = new ArrayList<>();
    for (Rule option : choice.options()) {
      options.add(compile(option));
    }
    return new Alternatives(options);
  }

  private Node token(Rule.Token token) {
    int id = token.id();
    if (id < 0 || id >= vocabulary.size() || !vocabulary.isSpecial(id)) {
      throw new IllegalArgumentException(
          "token: expected the id of a special token below %d, found %d"
              .formatted(vocabulary.size(), id));
    }
    return new Node.Token(id);
  }
}
