package dev.zhixing.engine.grammar;

import dev.zhixing.engine.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Turns rules into nodes. */
final class RuleCompiler {
  private final Tokenizer vocabulary;
  private static final int MOST_NAMES = 1_000;
  private static final int MOST_NESTED = 1000;

  private final SchemaCompiler schemas = new SchemaCompiler(Notation.JSON);
  private final Map<String, CharDfa> patterns = new HashMap<>();
  private Map<String, Reference> references = Map.of();
  private int nested;

  RuleCompiler(Tokenizer vocabulary) {
    this.vocabulary = vocabulary;
  }

  Node compile(Rule rule) {
    if (++nested > MOST_NESTED) {
      throw new IllegalArgumentException(
          "rule: expected at most %d levels, found more".formatted(MOST_NESTED));
    }
    Node node = node(rule);
    nested--;
    return node;
  }

  private Node node(Rule rule) {
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
      case Rule.Keywords keywords ->
          new SchemaCompiler(Notation.PYTHON).keywords(keywords.schema(), "$");
      case Rule.Token token -> token(token);
      case Rule.Pattern pattern -> new PatternText(pattern(pattern.regex()), 0, false);
      case Rule.Free free -> free(free);
      case Rule.Ref ref -> reference(ref);
      case Rule.Rules rules -> rules(rules);
    };
  }

  private CharDfa pattern(String regex) {
    CharDfa known = patterns.get(regex);
    if (known == null) {
      known = Regex.whole(regex);
      patterns.put(regex, known);
    }
    return known;
  }

  private static Node free(Rule.Free free) {
    List<CharTree> strings = new ArrayList<>();
    for (String string : free.without()) {
      if (string.isEmpty()) {
        throw new IllegalArgumentException("free text: expected no empty string, found one");
      }
      strings.add(CharTree.literal(string));
    }
    if (strings.isEmpty()) {
      return new Text(new Bounds(0, Bounds.ANY));
    }
    CharTree any = new CharTree.Repeat(new CharTree.Chars(CodePoints.ALL), 0, Bounds.ANY);
    CharTree without = CharTree.somewhere(new CharTree.Choice(strings));
    return new PatternText(
        CharDfaBuilder.without(CharDfaBuilder.of(any), CharDfaBuilder.of(without)), 0, false);
  }

  private Node reference(Rule.Ref ref) {
    Reference known = references.get(ref.name());
    if (known == null) {
      throw new IllegalArgumentException(
          "rule: expected one of the names %s, found '%s'"
              .formatted(references.keySet().stream().limit(20).toList(), ref.name()));
    }
    return known;
  }

  private Node rules(Rule.Rules rules) {
    if (rules.named().size() > MOST_NAMES) {
      throw new IllegalArgumentException(
          "rules: expected at most %d, found %d".formatted(MOST_NAMES, rules.named().size()));
    }
    Map<String, Reference> outer = references;
    references = new TreeMap<>();
    for (String name : rules.named().keySet()) {
      references.put(name, new Reference(name));
    }
    for (Map.Entry<String, Rule> rule : new TreeMap<>(rules.named()).entrySet()) {
      Reference reference = references.get(rule.getKey());
      if (reference != null) {
        reference.define(compile(rule.getValue()));
      }
    }
    Node root = compile(rules.root());
    references = outer;
    new RuleCycles(rules, regex -> pattern(regex).accepts(0)).check();
    return root;
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
