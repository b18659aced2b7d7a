package dev.zhixing.chat.template;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What has a value. Immutable. */
sealed interface Expression {

  /** A value that is written out. */
  record Constant(Value value) implements Expression {}

  /** A variable. */
  record Name(String name) implements Expression {}

  /** A list or tuple that is written out. */
  record Listed(List<Expression> items, boolean isTuple) implements Expression {}

  /** A dictionary that is written out: keys and values in turn. */
  record Mapped(List<Expression> keysAndValues) implements Expression {}

  /** {@code not}, {@code -} or {@code +} of a value. */
  record Unary(String operator, Expression operand) implements Expression {}

  /** Two values and an operator other than {@code and}, {@code or} and comparisons. */
  record Binary(String operator, Expression left, Expression right) implements Expression {}

  /** {@code and} or {@code or}: the right side only where it matters. */
  record Logical(boolean isAnd, Expression left, Expression right) implements Expression {}

  /** {@code a < b <= c}: operators and operands behind the first. */
  record Comparison(Expression first, List<String> operators, List<Expression> rest)
      implements Expression {}

  /** {@code a if condition else b}. */
  record Conditional(Expression condition, Expression then, @Nullable Expression otherwise)
      implements Expression {}

  /** {@code value.name}. */
  record Attribute(Expression of, String name) implements Expression {}

  /** {@code value[index]}. */
  record Item(Expression of, Expression index) implements Expression {}

  /** {@code value[from:to:step]}. */
  record Slice(
      Expression of, @Nullable Expression from, @Nullable Expression to, @Nullable Expression step)
      implements Expression {}

  /** {@code function(arguments)}. */
  record Call(Expression function, Given arguments) implements Expression {}

  /** {@code value | name(arguments)}. */
  record Filter(Expression of, String name, Given arguments) implements Expression {}

  /** {@code value is name(arguments)}. */
  record Test(Expression of, String name, Given arguments) implements Expression {}

  /** Arguments before they are evaluated; {@code *more} are unpacked behind the others. */
  record Given(
      List<Expression> values,
      Map<String, Expression> named,
      @Nullable Expression more,
      @Nullable Expression moreNamed) {
    static final Given NONE = new Given(List.of(), Map.of(), null, null);
  }
}
