package dev.zhixing.engine.grammar;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value's shape, as a grammar enforces it. Immutable. What cannot be satisfied, such as a
 * minimum above its maximum, is refused by {@link Grammar#compile}.
 */
public sealed interface Schema {

  /**
   * An object with these properties in this order, of which those that are not required may be left
   * out, and then any number of others, if there are kinds of them.
   */
  record Obj(List<Property> properties, List<Others> others) implements Schema {
    public Obj {
      properties = List.copyOf(properties);
      others = List.copyOf(others);
    }

    /** An object with no other properties. */
    public Obj(List<Property> properties) {
      this(properties, List.of());
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

  /**
   * Properties that an object does not list, of one kind. They are not checked for coming twice.
   *
   * @param names what they may be called; the listed names, and those that another kind with
   *     patterns or lengths also has, are left out
   */
  record Others(Str names, Schema schema) {
    /** Properties with any name. */
    public Others(Schema schema) {
      this(new Str(), schema);
    }
  }

  /**
   * A string of {@code min} to {@code max} code points, {@code null} for no bound, in which each
   * pattern matches somewhere: anchors hold at the string's ends. See {@link Regex} for the syntax.
   */
  record Str(@Nullable Integer min, @Nullable Integer max, List<String> patterns)
      implements Schema {
    public Str {
      patterns = List.copyOf(patterns);
    }

    /** A string of bounded length. */
    public Str(@Nullable Integer min, @Nullable Integer max) {
      this(min, max, List.of());
    }

    /** A string of any length. */
    public Str() {
      this(null, null, List.of());
    }

    /** A string in which each pattern matches somewhere. */
    public static Str matching(String... patterns) {
      return new Str(null, null, List.of(patterns));
    }
  }

  /**
   * An integer from {@code min} to {@code max}; {@code null} means no bound but that of fifteen
   * digits.
   *
   * @param multipleOf what it is a multiple of, at least 1; {@code null} for anything
   */
  record Int(@Nullable Long min, @Nullable Long max, @Nullable Long multipleOf) implements Schema {
    /** Any integer in a range. */
    public Int(@Nullable Long min, @Nullable Long max) {
      this(min, max, null);
    }

    /** Any integer of at most fifteen digits. */
    public Int() {
      this(null, null, null);
    }
  }

  /**
   * A number from {@code min} to {@code max} in plain notation with at most fifteen digits; {@code
   * null} means no bound. A bound is meant as the shortest decimal that denotes it.
   *
   * @param aboveMin whether the minimum itself is left out
   * @param belowMax whether the maximum itself is left out
   * @param multipleOf what it is a multiple of, such as 0.01; {@code null} for anything
   */
  record Num(
      @Nullable Double min,
      @Nullable Double max,
      boolean aboveMin,
      boolean belowMax,
      @Nullable BigDecimal multipleOf)
      implements Schema {
    /** Any number in a range that includes its bounds. */
    public Num(@Nullable Double min, @Nullable Double max) {
      this(min, max, false, false, null);
    }

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

  /**
   * An array whose first items have shapes of their own.
   *
   * @param prefix the shapes of the first items; an array may end among them where {@code min} lets
   *     it
   * @param items the shape of those that follow, null if none may
   */
  record Tuple(
      List<Schema> prefix, @Nullable Schema items, @Nullable Integer min, @Nullable Integer max)
      implements Schema {
    public Tuple {
      prefix = List.copyOf(prefix);
    }
  }

  /**
   * An array of {@code min} to {@code max} of the values, each at most once; {@code null} means no
   * bound.
   *
   * @param values at most 64, of the kinds that {@link Enum} has
   */
  record Subset(List<Object> values, @Nullable Integer min, @Nullable Integer max)
      implements Schema {
    public Subset {
      values = List.copyOf(values);
    }
  }

  /** The shape that {@link Definitions} give this name. */
  record Ref(String name) implements Schema {}

  /**
   * Shapes with names, which may refer to each other and themselves. No other names hold inside.
   *
   * @param root the shape of the whole
   */
  record Definitions(Map<String, Schema> named, Schema root) implements Schema {
    public Definitions {
      named = Map.copyOf(named);
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
