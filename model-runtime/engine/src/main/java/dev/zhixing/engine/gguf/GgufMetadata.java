package dev.zhixing.engine.gguf;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys and values of a GGUF file, in the file's order. Immutable, safe for all threads.
 *
 * <p>Values are {@code Byte}, {@code Short}, {@code Integer}, {@code Long}, {@code Float}, {@code
 * Double}, {@code Boolean}, {@code String} (unsigned numbers widened to the next type, 64-bit ones
 * kept as {@code long}); arrays are {@code byte[]}, {@code short[]}, {@code int[]}, {@code long[]},
 * {@code float[]}, {@code double[]}, {@code boolean[]}, {@code String[]}, or {@code Object[]} of
 * arrays. The typed getters convert among numbers and say which key has the wrong type.
 */
public final class GgufMetadata {
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
   * @param values of the classes that are named above; kept, not copied
   */
  public static GgufMetadata of(String file, Map<String, Object> values) {
    return new GgufMetadata(file, values);
  }

  /** Returns the keys in the file's order. */
  public Set<String> keys() {
    return values.keySet();
  }

  /** Says whether the file has this key. */
  public boolean has(String key) {
    return values.containsKey(key);
  }

  /** Returns all keys and values; arrays are the metadata's own, do not modify them. */
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
    Object value = required(key);
    if (value instanceof Number number && !(value instanceof Float || value instanceof Double)) {
      return number.longValue();
    }
    throw wrong(key, "an integer");
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
    if (required(key) instanceof String[] texts) {
      return Collections.unmodifiableList(Arrays.asList(texts));
    }
    throw wrong(key, "an array of strings");
  }

  /** Says whether the file has this key with an array. */
  public boolean isArray(String key) {
    @Nullable Object value = values.get(key);
    return value != null && value.getClass().isArray();
  }

  /** Returns an array of truth values, as a new array. Throws {@link GgufException} if missing. */
  public boolean[] flags(String key) {
    if (required(key) instanceof boolean[] flags) {
      return flags.clone();
    }
    throw wrong(key, "an array of booleans");
  }

  /** Returns an array of integers of at most 32 bits, as a new array. */
  public int[] integers(String key) {
    return switch (required(key)) {
      case int[] ints -> ints.clone();
      case byte[] bytes -> {
        int[] ints = new int[bytes.length];
        Arrays.setAll(ints, i -> bytes[i]);
        yield ints;
      }
      case short[] shorts -> {
        int[] ints = new int[shorts.length];
        Arrays.setAll(ints, i -> shorts[i]);
        yield ints;
      }
      default -> throw wrong(key, "an array of integers");
    };
  }

  /** Returns an array of single-precision numbers, as a new array. */
  public float[] floats(String key) {
    if (required(key) instanceof float[] floats) {
      return floats.clone();
    }
    throw wrong(key, "an array of 32-bit floats");
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
    return new GgufException(
        "%s: key '%s': expected %s, found %s"
            .formatted(file, key, expected, required(key).getClass().getSimpleName()));
  }
}
