package dev.zhixing.chat.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What does something. Immutable. */
sealed interface Statement {
  /** Where it begins in the source, from 1. */
  int line();

  /** Text as it stands. */
  record Data(Text text, int line) implements Statement {}

  /** <code>{{ value }}</code>. */
  record Output(Expression value, int line) implements Statement {}

  /** {@code if}; an {@code elif} is an if in the else. */
  record If(Expression condition, List<Statement> then, List<Statement> otherwise, int line)
      implements Statement {}

  /** {@code for}. */
  record For(
      List<String> targets,
      boolean unpacks,
      Expression over,
      @Nullable Expression condition,
      List<Statement> body,
      List<Statement> otherwise,
      int line)
      implements Statement {}

  /** {@code break}. */
  record Break(int line) implements Statement {}

  /** {@code continue}. */
  record Continue(int line) implements Statement {}

  /** {@code set} of one target, or of several that a value is unpacked into. */
  record Set(List<Target> targets, boolean unpacks, Expression value, int line)
      implements Statement {}

  /** {@code set} of what a block renders, through filters whose innermost value is null. */
  record SetBlock(Target target, List<Expression.Filter> filters, List<Statement> body, int line)
      implements Statement {}

  /** What a block renders, through filters. */
  record FilterBlock(List<Expression.Filter> filters, List<Statement> body, int line)
      implements Statement {}

  /** {@code macro}. */
  record Macro(String name, Signature signature, List<Statement> body, int line)
      implements Statement {}

  /** {@code call}: a macro's call with the block as its {@code caller}. */
  record CallBlock(Expression.Call call, Signature signature, List<Statement> body, int line)
      implements Statement {}

  /** {@code with} and {@code generation}: a block with names of its own. */
  record Block(List<Set> names, List<Statement> body, int line) implements Statement {}

  /** A variable, or an attribute of a namespace. */
  record Target(String name, @Nullable String attribute) {}

  /** A macro's parameters; those at the end may have values. */
  record Signature(List<String> names, List<Expression> defaults) {
    static final Signature NONE = new Signature(List.of(), List.of());
  }
}
