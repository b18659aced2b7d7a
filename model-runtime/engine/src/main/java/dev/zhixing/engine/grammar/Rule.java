package dev.zhixing.engine.grammar;

import java.util.List;
import java.util.Map;

/** What a text may look like. Immutable. */
public sealed interface Rule {
  /** A rule for exactly this text. */
  record Literal(String text) implements Rule {}

  /** One rule after the other. */
  record Sequence(List<Rule> rules) implements Rule {
    public Sequence {
      rules = List.copyOf(rules);
    }

    public Sequence(Rule... rules) {
      this(List.of(rules));
    }
  }

  /** One of several rules. */
  record Choice(List<Rule> options) implements Rule {
    public Choice {
      options = List.copyOf(options);
    }

    public Choice(Rule... options) {
      this(List.of(options));
    }
  }

  /** A rule {@code min} to {@code max} times; {@link Integer#MAX_VALUE} means no bound. */
  record Repeat(Rule rule, int min, int max) implements Rule {}

  /** Free text of {@code min} to {@code max} code points; special tokens are not text. */
  record Text(int min, int max) implements Rule {
    /** Free text of any length. */
    public Text() {
      this(0, Integer.MAX_VALUE);
    }
  }

  /** A JSON value in compact form, without white space outside its strings. */
  record Json(Schema schema) implements Rule {}

  /**
   * The keyword arguments of a call in Python, {@code a=1, b="x", c=None}: the properties that an
   * object's schema lists, in its order, as Python's literals. Properties that it does not list
   * can't be written so.
   */
  record Keywords(Schema schema) implements Rule {}

  /** A special token of the vocabulary. */
  record Token(int id) implements Rule {}

  /**
   * Text that matches a regular expression as a whole; see {@link Regex} for its syntax. Special
   * tokens are not text.
   */
  record Pattern(String regex) implements Rule {}

  /**
   * Free text of any length in which none of these strings occurs, not even from one token to the
   * next. Where something that begins with such a string may follow, it is the only way to write
   * it. Special tokens are not text.
   */
  record Free(List<String> without) implements Rule {
    public Free {
      without = List.copyOf(without);
    }

    public Free(String... without) {
      this(List.of(without));
    }
  }

  /** Another rule by its name, within {@link Rules}. */
  record Ref(String name) implements Rule {}

  /**
   * Rules with names, which may refer to each other and themselves. No other names hold inside.
   *
   * @param root what the whole may look like
   */
  record Rules(Map<String, Rule> named, Rule root) implements Rule {
    public Rules {
      named = Map.copyOf(named);
    }
  }

  /**
   * Free text with calls in it: text is free until one of the triggers comes, then the call's rule
   * holds, then text is free again.
   *
   * @param triggers strings such as <code>&lt;tool_call></code> or <code>{</code>
   * @param call a rule for what begins with a trigger, the trigger included
   */
  static Rule lazy(List<String> triggers, Rule call) {
    Rule text = new Free(triggers);
    return new Sequence(new Repeat(new Sequence(text, call), 0, Integer.MAX_VALUE), text);
  }

  /** Free text with calls in it, each of which a special token begins. */
  static Rule lazy(int trigger, Rule call) {
    Rule calls = new Sequence(new Token(trigger), call, new Text());
    return new Sequence(new Text(), new Repeat(calls, 0, Integer.MAX_VALUE));
  }
}
