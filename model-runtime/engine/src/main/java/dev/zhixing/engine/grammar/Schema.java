package dev.zhixing.engine.grammar;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value's shape, as a grammar enforces it. Immutable. What cannot be satisfied, such as a
 * minimum above its maximum, is refused by {@link Grammar#compile}.
 */
public sealed interface Schema {

  /**
   * An object with these properties and no others, in this order; those that are not required may
   * be left out.
   */
  record Obj(List<Property> properties) implements Schema {
    public Obj {
      properties = List.copyOf(properties);
    }

    public Obj(Property... properties) {
      this(List.of(properties));
    }
  }

  /** A property of an object. */
  record Property(String name, Schema schema, boolean required) {
    /** A property that must be there. */
    public static Property required(String name, Schema schema) {
      return new Property(name, schema, true);
    }

    /** A property that may be left out. */
    public static Property optional(String name, Schema schema) {
      return new Property(name, schema, false);
    }
  }

  /** A string of {@code min} to {@code max} code points; {@code null} means no bound. */
  record Str(@Nullable Integer min, @Nullable Integer max) implements Schema {
    /** A string of any length. */
    public Str() {
      this(null, null);
    }
  }

  /**
   * An integer from {@code min} to {@code max}; {@code null} means no bound but that of fifteen
   * digits.
   */
  record Int(@Nullable Long min, @Nullable Long max) implements Schema {
    /** Any integer of at most fifteen digits. */
    public Int() {
      this(null, null);
    }
  }

  /**
   * A number from {@code min} to {@code max} in plain notation with at most fifteen digits; {@code
   * null} means no bound. A bound is meant as the shortest decimal that denotes it.
   */
  record Num(@Nullable Double min, @Nullable Double max) implements Schema {
    /** Any number of at most fifteen digits. */
    public Num() {
      this(null, null);
    }
  }

  /** {@code true} or {@code false}. */
  record Bool() implements Schema {}

  /** {@code null}. */
  record Null() implements Schema {}

  /**
   * One of the values: {@code String}, {@code Number}, {@code Boolean}, {@link Null} for null, or a
   * {@code List} or {@code Map} with string keys of such.
   */
  @SuppressWarnings("AvoidCommonTypeNames") // the word that JSON Schema has
  record Enum(List<Object> values) implements Schema {
    public Enum {
      values = List.copyOf(values);
    }

    /** One of these strings. */
    public static Enum of(String... values) {
      return new Enum(List.of((Object[]) values));
    }
  }

  /** Exactly this value, of the kinds that {@link Enum} has. */
  record Const(Object value) implements Schema {}

  /** An array of {@code min} to {@code max} items; {@code null} means no bound. */
  record Arr(Schema items, @Nullable Integer min, @Nullable Integer max) implements Schema {
    /** An array of any length. */
    public Arr(Schema items) {
      this(items, null, null);
    }
  }

  /** A value of one of these shapes. */
  record AnyOf(List<Schema> options) implements Schema {
    public AnyOf {
      options = List.copyOf(options);
    }
  }

  /** Any JSON value that nests arrays and objects at most {@code depth} deep. */
  record Any(int depth) implements Schema {
    /** Any value that nests at most four deep. */
    public Any() {
      this(4);
    }
  }
}
