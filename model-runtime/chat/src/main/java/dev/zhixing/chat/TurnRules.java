package dev.zhixing.chat;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.zhixing.chat.format.CallShape;
import dev.zhixing.chat.format.Spellings;
import dev.zhixing.chat.format.Thinking;
import dev.zhixing.chat.format.TurnFormat;
import dev.zhixing.engine.grammar.Grammar;
import dev.zhixing.engine.grammar.GrammarVocabulary;
import dev.zhixing.engine.grammar.Rule;
import dev.zhixing.engine.grammar.Schema;
import dev.zhixing.engine.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a whole turn may look like: thoughts and text are free, calls and JSON answers are not.
 * Compiled once for each kind of turn. Safe for all threads.
 */
final class TurnRules {
  private static final int MOST_KEPT = 64;

  /** Tokens that are enough for the shortest turn of any grammar, in practice. */
  private static final int ANY_TURN = 512;

  private static final Rule NOT_A_BRACE = new Rule.Pattern("([^{\\s][\\s\\S]*)?");

  /** A kind of turn. */
  record Kind(
      List<ToolSpecification> tools,
      boolean mustCall,
      @Nullable ResponseFormat answer,
      boolean isThinking) {}

  /**
   * What holds for a turn.
   *
   * @param whole from its beginning, null for nothing
   * @param calls behind the special token that begins them, null where there is no such token
   * @param trigger that token
   */
  record Grammars(@Nullable Grammar whole, @Nullable Grammar calls, int trigger) {
    static final Grammars NONE = new Grammars(null, null, -1);

    /** How many of {@code most} tokens may come before a call that must come. */
    int patience(int most) {
      int[] call = calls == null || most >= ANY_TURN ? null : calls.start().shortestEnd();
      return call == null ? most / 2 : Math.clamp(most - 1 - call.length, 0, most / 2);
    }

    /** Whether a whole turn fits into {@code most} tokens. */
    boolean fit(int most) {
      return whole == null || most >= ANY_TURN || whole.start().canEndWithin(most);
    }

    static Grammars whole(Grammar grammar) {
      return new Grammars(grammar, null, -1);
    }
  }

  private final TurnFormat format;
  private final CallShape shape;
  private final boolean isTriggerSpecial;
  private final GrammarVocabulary vocabulary;
  private final Recent<Kind, Grammar> compiled = new Recent<>(MOST_KEPT);
  private final Recent<List<ToolSpecification>, Grammar> compiledCalls = new Recent<>(MOST_KEPT);

  TurnRules(TurnFormat format, Tokenizer tokenizer) {
    this.format = format;
    this.shape = format.shape();
    this.isTriggerSpecial = format.spellings().isSpecial(shape.trigger());
    this.vocabulary = new GrammarVocabulary(tokenizer);
  }

  /**
   * What holds for a turn that may call tools or must answer in JSON.
   *
   * @throws IllegalArgumentException if a schema can't be kept to; the text names the place
   */
  Grammars of(Kind kind) {
    if (kind.tools().isEmpty() && kind.answer() == null) {
      return Grammars.NONE;
    }
    boolean mustBegin = kind.mustCall() && !format.speaksBeforeCalls();
    if (isTriggerSpecial && kind.answer() == null && !mustBegin) {
      int trigger = format.spellings().in(shape.trigger())[0];
      return new Grammars(null, calls(kind.tools()), trigger);
    }
    return Grammars.whole(compiled.get(kind, key -> Grammar.compile(rule(key), vocabulary)));
  }

  private Grammar calls(List<ToolSpecification> tools) {
    return compiledCalls.get(
        List.copyOf(tools),
        key -> Grammar.compile(new Rule.Sequence(behindTrigger(key)), vocabulary));
  }

  /**
   * A grammar that the caller brings, behind a thinking section that is closed at once.
   *
   * @throws IllegalArgumentException if a part of it can't be satisfied; the text names the part
   */
  Grammars of(Rule own, boolean isThinking) {
    List<Rule> rules = new ArrayList<>(closing(isThinking));
    rules.add(own);
    return Grammars.whole(Grammar.compile(new Rule.Sequence(rules), vocabulary));
  }

  private Rule rule(Kind kind) {
    List<Rule> choices = new ArrayList<>();
    if (!kind.tools().isEmpty()) {
      choices.add(callRule(kind.tools()));
    }
    boolean isFree = kind.answer() == null && !kind.mustCall();
    if (kind.answer() != null && !kind.mustCall()) {
      choices.add(json(kind.answer()));
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
    return new Rule.Sequence(new Rule.Free(shape.trigger()), new Rule.Repeat(calls, 0, 1));
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
    boolean isSpecial = spellings.isSpecial(thinking.close());
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

  private Rule callRule(List<ToolSpecification> tools) {
    List<Rule> rules = new ArrayList<>(spelt(shape.trigger()));
    rules.addAll(behindTrigger(tools));
    return new Rule.Sequence(rules);
  }

  private List<Rule> behindTrigger(List<ToolSpecification> tools) {
    List<Rule> each = new ArrayList<>();
    for (ToolSpecification tool : tools) {
      Schema arguments = EngineSchemas.of(JsonSchemas.parameters(tool), tool.name());
      List<Rule> call = new ArrayList<>(spelt(shape.before() + tool.name() + shape.between()));
      call.add(
          switch (shape.arguments()) {
            case JSON -> new Rule.Json(arguments);
            case PYTHON -> new Rule.Keywords(arguments);
          });
      call.addAll(spelt(shape.after()));
      each.add(new Rule.Sequence(call));
    }
    Rule call = new Rule.Choice(each);
    List<Rule> rules = new ArrayList<>(spelt(shape.open()));
    rules.add(call);
    if (shape.most() > 1) {
      List<Rule> more = new ArrayList<>(spelt(shape.separator()));
      more.add(call);
      rules.add(new Rule.Repeat(new Rule.Sequence(more), 0, shape.most() - 1));
    }
    rules.addAll(spelt(shape.close()));
    return rules;
  }

  private List<Rule> spelt(String text) {
    return format.spellings().rules(text);
  }

  private static Rule json(ResponseFormat answer) {
    return answer.jsonSchema() == null
        ? new Rule.Json(new Schema.Any())
        : json(answer.jsonSchema().rootElement());
  }

  /** An answer in JSON. */
  static Rule json(JsonSchemaElement schema) {
    return new Rule.Json(EngineSchemas.of(JsonSchemas.of(schema), "answer"));
  }
}
