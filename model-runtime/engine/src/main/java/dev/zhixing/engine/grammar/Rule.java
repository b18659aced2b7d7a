package dev.zhixing.engine.grammar;

import java.util.List;

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

  /** A special token of the vocabulary. */
  record Token(int id) implements Rule {}
}
