package dev.zhixing.engine.gguf;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The keys and values of a GGUF file, in the file's order. Immutable, safe for all threads.
 *
 * <p>Values are {@code Byte}, {@code Short}, {@code Integer}, {@code Long}, {@code Float}, {@code
 * Double}, {@code Boolean} or {@code String}; unsigned numbers are widened to the next type, those
 * of 64 bits to {@code BigInteger} only where a {@code long} does not hold them. An array is an
 * unmodifiable {@code List} of these or of lists, which is read from the file when it is used: not
 * after the file is closed. The typed getters convert among numbers and say which key has the wrong
 * type.
 */
public final class GgufMetadata {
  /** More than any vocabulary has; small numbers take more memory as ints than in the file. */
  private static final int MOST_INTS = 1 << 21;

  private final String file;
  private final Map<String, Object> values;

  GgufMetadata(String file, Map<String, Object> values) {
    this.file = file;
    this.values = Collections.unmodifiableMap(values);
  }

  /**
   * Makes metadata out of keys and values that another format holds.
   *
   * @param file the name that begins error texts
   * @param values of the classes that are named above, or {@code int[]}, {@code boolean[]} and
   *     {@code String[]} for arrays, which are kept, not copied
   */
  public static GgufMetadata of(String file, Map<String, Object> values) {
    Map<String, Object> lists = new LinkedHashMap<>(values);
    lists.replaceAll((key, value) -> listed(value));
    return new GgufMetadata(file, lists);
  }

  private static Object listed(Object value) {
    return switch (value) {
      case int[] ints -> IntStream.of(ints).boxed().toList();
      case boolean[] flags -> IntStream.range(0, flags.length).mapToObj(i -> flags[i]).toList();
      case String[] texts -> Collections.unmodifiableList(Arrays.asList(texts));
      default -> value;
    };
  }

  /** Returns the keys in the file's order. */
  public Set<String> keys() {
    return values.keySet();
  }

  /** Says whether the file has this key. */
  public boolean has(String key) {
    return values.containsKey(key);
  }

  /** Returns all keys and values. */
  public Map<String, Object> asMap() {
    return values;
  }

  /** Returns a string. Throws {@link GgufException} if it is missing or not a string. */
  public String string(String key) {
    if (required(key) instanceof String text) {
      return text;
    }
    throw wrong(key, "a string");
  }

  /** Returns a string, or {@code fallback} if the file does not have the key. */
  public String string(String key, String fallback) {
    return has(key) ? string(key) : fallback;
  }

  /** Returns an integer, whatever its width. Throws {@link GgufException} if missing. */
  public long integer(String key) {
    return switch (required(key)) {
      case Float _ -> throw wrong(key, "an integer");
      case Double _ -> throw wrong(key, "an integer");
      case BigInteger large ->
          throw new GgufException(
              "%s: key '%s': expected an integer up to %d, found %s"
                  .formatted(file, key, Long.MAX_VALUE, large));
      case Number number -> number.longValue();
      case Object _ -> throw wrong(key, "an integer");
    };
  }

  /** Returns an integer if the file has the key. */
  public OptionalLong findInteger(String key) {
    return has(key) ? OptionalLong.of(integer(key)) : OptionalLong.empty();
  }

  /** Returns a number, whatever its type. Throws {@link GgufException} if missing. */
  public double real(String key) {
    if (required(key) instanceof Number number) {
      return number.doubleValue();
    }
    throw wrong(key, "a number");
  }

  /** Returns a number if the file has the key. */
  public OptionalDouble findReal(String key) {
    return has(key) ? OptionalDouble.of(real(key)) : OptionalDouble.empty();
  }

  /** Returns a truth value, or {@code fallback} if the file does not have the key. */
  public boolean flag(String key, boolean fallback) {
    if (!has(key)) {
      return fallback;
    }
    if (required(key) instanceof Boolean flag) {
      return flag;
    }
    throw wrong(key, "a boolean");
  }

  /** Returns an array of strings. Throws {@link GgufException} if missing. */
  public List<String> strings(String key) {
    return switch (required(key)) {
      case GgufStrings texts -> texts;
      case List<?> list when consistsOf(String.class, list) ->
          list.stream().map(String.class::cast).toList();
      default -> throw wrong(key, "an array of strings");
    };
  }

  /** Says whether the file has this key with an array. */
  public boolean isArray(String key) {
    return values.get(key) instanceof List;
  }

  /** Returns an array of truth values, as a new array. Throws {@link GgufException} if missing. */
  public boolean[] flags(String key) {
    if (!(required(key) instanceof List<?> list && consistsOf(Boolean.class, list))) {
      throw wrong(key, "an array of booleans");
    }
    boolean[] flags = new boolean[list.size()];
    for (int i = 0; i < flags.length; i++) {
      flags[i] = Boolean.TRUE.equals(list.get(i));
    }
    return flags;
  }

  /** Returns an array of integers of at most 32 bits, as a new array. */
  public int[] integers(String key) {
    return switch (required(key)) {
      case GgufScalars scalars when scalars.type().fitsInt() -> {
        if (scalars.size() > MOST_INTS) {
          throw wrong(key, "at most %d integers".formatted(MOST_INTS));
        }
        yield scalars.toInts();
      }
      case List<?> list when consistsOf(Integer.class, list) ->
          list.stream().mapToInt(Integer.class::cast).toArray();
      default -> throw wrong(key, "an array of integers");
    };
  }

  /** Returns an array of single-precision numbers or, as such, integers, as a new array. */
  public float[] floats(String key) {
    return switch (required(key)) {
      case GgufScalars scalars when scalars.type() == ScalarType.FLOAT32 -> scalars.toFloats();
      case GgufScalars scalars when scalars.type() == ScalarType.INT32 -> rounded(scalars.toInts());
      default -> throw wrong(key, "an array of 32-bit floats");
    };
  }

  private static float[] rounded(int[] whole) {
    float[] floats = new float[whole.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = whole[i];
    }
    return floats;
  }

  private static boolean consistsOf(Class<?> type, List<?> list) {
    return switch (list) {
      case GgufStrings _ -> type == String.class;
      case GgufScalars scalars -> type == Boolean.class && scalars.type() == ScalarType.BOOL;
      default -> list.stream().allMatch(type::isInstance);
    };
  }

  private Object required(String key) {
    @Nullable Object value = values.get(key);
    if (value == null) {
      throw new GgufException(
          "%s: expected the key '%s', found none; is the file a complete model?"
              .formatted(file, key));
    }
    return value;
  }

  private GgufException wrong(String key, String expected) {
    String found =
        switch (required(key)) {
          case GgufScalars scalars -> "%d of type %s".formatted(scalars.size(), scalars.type());
          case List<?> _ -> "an array";
          case Object other -> other.getClass().getSimpleName();
        };
    return new GgufException(
        "%s: key '%s': expected %s, found %s".formatted(file, key, expected, found));
  }
}
