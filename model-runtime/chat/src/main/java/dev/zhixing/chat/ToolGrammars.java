package dev.zhixing.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.zhixing.engine.grammar.Grammar;
import dev.zhixing.engine.grammar.GrammarVocabulary;
import dev.zhixing.engine.grammar.Rule;
import dev.zhixing.engine.grammar.Schema;
import dev.zhixing.engine.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Grammars of tool calls and JSON answers, compiled once for each set of tools. Safe for all
 * threads.
 */
final class ToolGrammars {

  private static final int MOST_KEPT = 64;

  private final GrammarVocabulary vocabulary;
  private final Map<Object, Grammar> compiled =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Grammar> eldest) {
          return size() > MOST_KEPT;
        }
      };

  ToolGrammars(Tokenizer tokenizer) {
    this.vocabulary = new GrammarVocabulary(tokenizer);
  }

  /** What may stand after the call token: one of the tools' names and its arguments. */
  synchronized Grammar calls(List<ToolSpecification> tools) {
    return compiled.computeIfAbsent(List.copyOf(tools), key -> compileCalls(tools));
  }

  private Grammar compileCalls(List<ToolSpecification> tools) {
    List<Rule> calls = new ArrayList<>();
    for (ToolSpecification tool : tools) {
      Schema arguments = EngineSchemas.of(JsonSchemas.parameters(tool), tool.name());
      calls.add(new Rule.Sequence(new Rule.Literal(tool.name()), new Rule.Json(arguments)));
    }
    return Grammar.compile(new Rule.Choice(calls), vocabulary);
  }

  /** A JSON answer of this schema. */
  synchronized Grammar json(JsonSchemaElement schema) {
    return compiled.computeIfAbsent(
        schema,
        key -> {
          JsonNode tree = JsonSchemas.of(schema);
          return Grammar.compile(new Rule.Json(EngineSchemas.of(tree, "answer")), vocabulary);
        });
  }

  /** Any JSON answer. */
  synchronized Grammar anyJson() {
    return compiled.computeIfAbsent(
        Schema.Any.class, key -> Grammar.compile(new Rule.Json(new Schema.Any()), vocabulary));
  }
}
