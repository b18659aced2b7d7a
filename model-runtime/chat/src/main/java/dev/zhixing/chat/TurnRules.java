package dev.zhixing.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.zhixing.chat.format.CallShape;
import dev.zhixing.chat.format.Spellings;
import dev.zhixing.chat.format.TemplateFormat;
import dev.zhixing.chat.format.Thinking;
import dev.zhixing.engine.grammar.Grammar;
import dev.zhixing.engine.grammar.GrammarVocabulary;
import dev.zhixing.engine.grammar.Rule;
import dev.zhixing.engine.grammar.Schema;
import dev.zhixing.engine.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a whole turn may look like: thoughts and text are free, calls and JSON answers are not.
 * Compiled once for each kind of turn. Safe for all threads.
 */
final class TurnRules {
  private static final int MOST_KEPT = 64;
  private static final Rule NOT_A_BRACE = new Rule.Pattern("([^{\\s][\\s\\S]*)?");

  /** A kind of turn. */
  record Kind(
      List<ToolSpecification> tools,
      boolean mustCall,
      @Nullable ResponseFormat answer,
      boolean isThinking) {}

  private final TemplateFormat format;
  private final CallShape shape;
  private final GrammarVocabulary vocabulary;
  private final Map<Kind, Grammar> compiled =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Kind, Grammar> eldest) {
          return size() > MOST_KEPT;
        }
      };

  TurnRules(TemplateFormat format, Tokenizer tokenizer) {
    this.format = format;
    this.shape = format.shape();
    this.vocabulary = new GrammarVocabulary(tokenizer);
  }

  /** The grammar of a turn that offers tools or must answer in JSON. */
  synchronized Grammar of(Kind kind) {
    return compiled.computeIfAbsent(kind, key -> Grammar.compile(rule(kind), vocabulary));
  }

  /** A grammar that the caller brings, behind a thinking section that is closed at once. */
  Grammar of(Rule own, boolean isThinking) {
    List<Rule> rules = new ArrayList<>(closing(isThinking));
    rules.add(own);
    return Grammar.compile(new Rule.Sequence(rules), vocabulary);
  }

  private Rule rule(Kind kind) {
    List<Rule> choices = new ArrayList<>();
    if (!kind.tools().isEmpty()) {
      choices.add(calls(kind.tools()));
    }
    boolean isFree = kind.answer() == null && !kind.mustCall();
    if (kind.answer() != null && !kind.mustCall()) {
      choices.add(new Rule.Json(schema(kind.answer())));
    }
    List<Rule> rules = new ArrayList<>();
    if (!isFree) {
      rules.addAll(closing(kind.isThinking()));
      rules.add(new Rule.Choice(choices));
      return new Rule.Sequence(rules);
    }
    rules.addAll(thoughts(kind.isThinking()));
    rules.add(talk(choices.getFirst()));
    return new Rule.Sequence(rules);
  }

  /** Free text, then perhaps calls. */
  private Rule talk(Rule calls) {
    if (shape.atStart()) {
      return new Rule.Choice(calls, NOT_A_BRACE);
    }
    boolean isSpecial = format.spellings().in(shape.trigger()).length > 0;
    Rule text = isSpecial ? new Rule.Text() : new Rule.Free(shape.trigger());
    return new Rule.Sequence(text, new Rule.Repeat(calls, 0, 1));
  }

  /** The end of a thinking section that the cue has begun. */
  private List<Rule> closing(boolean isThinking) {
    Thinking thinking = format.thinking();
    return isThinking && thinking != null
        ? format.spellings().rules("\n" + thinking.close() + "\n\n")
        : List.of();
  }

  private List<Rule> thoughts(boolean isThinking) {
    Thinking thinking = format.thinking();
    if (thinking == null) {
      return List.of();
    }
    Spellings spellings = format.spellings();
    boolean isSpecial = spellings.in(thinking.close()).length > 0;
    List<Rule> section = new ArrayList<>();
    if (!isThinking) {
      section.addAll(spellings.rules(thinking.open()));
    }
    section.add(isSpecial ? new Rule.Text() : new Rule.Free(thinking.close()));
    section.addAll(spellings.rules(thinking.close()));
    Rule blank = new Rule.Pattern("\\s{0,4}");
    section.add(blank);
    Rule whole = new Rule.Sequence(section);
    return List.of(isThinking ? whole : new Rule.Repeat(whole, 0, 1));
  }

  private Rule calls(List<ToolSpecification> tools) {
    List<Rule> each = new ArrayList<>();
    for (ToolSpecification tool : tools) {
      Schema arguments = EngineSchemas.of(JsonSchemas.parameters(tool), tool.name());
      List<Rule> call = new ArrayList<>(spelt(shape.before() + tool.name() + shape.between()));
      call.add(new Rule.Json(arguments));
      call.addAll(spelt(shape.after()));
      each.add(new Rule.Sequence(call));
    }
    Rule call = new Rule.Choice(each);
    List<Rule> rules = new ArrayList<>(spelt(shape.trigger() + shape.open()));
    rules.add(call);
    if (shape.most() > 1) {
      List<Rule> more = new ArrayList<>(spelt(shape.separator()));
      more.add(call);
      rules.add(new Rule.Repeat(new Rule.Sequence(more), 0, shape.most() - 1));
    }
    rules.addAll(spelt(shape.close()));
    return new Rule.Sequence(rules);
  }

  private List<Rule> spelt(String text) {
    return format.spellings().rules(text);
  }

  private static Schema schema(ResponseFormat answer) {
    if (answer.jsonSchema() == null) {
      return new Schema.Any();
    }
    JsonNode tree = JsonSchemas.of(answer.jsonSchema().rootElement());
    return EngineSchemas.of(tree, "answer");
  }
}
