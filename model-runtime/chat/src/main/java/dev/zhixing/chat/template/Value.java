package dev.zhixing.chat.template;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value of the template language, as Python knows them. */
sealed interface Value
    permits Value.None,
        Value.Undefined,
        Value.Bool,
        Value.Int,
        Value.Real,
        Value.Items,
        Value.Dict,
        Value.Namespace,
        Value.Callable,
        Text {

  Value NONE = new None();
  Value TRUE = new Bool(true);
  Value FALSE = new Bool(false);

  static Value of(boolean value) {
    return value ? TRUE : FALSE;
  }

  /** {@code None}. */
  record None() implements Value {}

  /**
   * A name, attribute or item that is not there.
   *
   * @param name how the template calls it
   */
  record Undefined(String name) implements Value {}

  /** {@code True} or {@code False}. */
  record Bool(boolean value) implements Value {}

  /** A whole number. */
  record Int(long value) implements Value {}

  /** A floating-point number. */
  record Real(double value) implements Value {}

  /** A list, or a tuple, which prints differently. Never changed. */
  record Items(List<Value> values, boolean isTuple) implements Value {
    Items(List<Value> values) {
      this(values, false);
    }
  }

  /** A dictionary in the order of insertion. Never changed. */
  record Dict(Map<Value, Value> entries) implements Value {}

  /**
   * What {@code namespace()} makes: the one value that templates can change. It may hold itself, so
   * it is equal to itself only.
   */
  record Namespace(Map<String, Value> attributes) implements Value {
    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }

    @Override
    public String toString() {
      return "<Namespace>";
    }
  }

  /** A function, a macro, or a bound method. */
  non-sealed interface Callable extends Value {
    Value call(Arguments arguments);
  }
}
