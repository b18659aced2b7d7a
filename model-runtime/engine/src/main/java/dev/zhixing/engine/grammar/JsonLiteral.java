package dev.zhixing.engine.grammar;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the values of enumerations as compact JSON, or in the same form with other words. */
final class JsonLiteral {
  private JsonLiteral() {}

  static String of(@Nullable Object value, String path) {
    return of(value, path, Notation.JSON);
  }

  static String of(@Nullable Object value, String path, Notation notation) {
    StringBuilder json = new StringBuilder();
    append(value, path, notation, json);
    return json.toString();
  }

  private static void append(
      @Nullable Object value, String path, Notation notation, StringBuilder json) {
    switch (value) {
      case null -> json.append(notation.none);
      case Schema.Null none -> json.append(notation.none);
      case String text -> string(text, path, json);
      case Boolean flag -> json.append(flag ? notation.isTrue : notation.isFalse);
      case Number number -> json.append(number(number, path));
      case List<?> list -> {
        json.append('[');
        for (int i = 0; i < list.size(); i++) {
          json.append(i > 0 ? "," : "");
          append(list.get(i), path, notation, json);
        }
        json.append(']');
      }
      case Map<?, ?> map -> {
        json.append('{');
        String comma = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          json.append(comma);
          string(String.valueOf(entry.getKey()), path, json);
          json.append(':');
          append(entry.getValue(), path, notation, json);
          comma = ",";
        }
        json.append('}');
      }
      default ->
          throw new IllegalArgumentException(
              "%s: expected a value that JSON has, found %s %s"
                  .formatted(path, value.getClass().getName(), value));
    }
  }

  private static String number(Number number, String path) {
    double value = number.doubleValue();
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          "%s: expected a finite number, found %s".formatted(path, number));
    }
    return plain(number.toString());
  }

  /** A decimal without an exponent. */
  static String plain(String decimal) {
    return decimal.indexOf('E') < 0 ? decimal : new BigDecimal(decimal).toPlainString();
  }

  static void string(String text, String path, StringBuilder json) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c == '\n') {
        json.append("\\n");
      } else if (c == '\t') {
        json.append("\\t");
      } else if (c < 0x20) {
        json.append("\\u%04x".formatted((int) c));
      } else if (Character.isSurrogate(c)) {
        int whole = text.codePointAt(i);
        if (whole <= 0xffff) {
          throw new IllegalArgumentException(
              "%s: '%s': expected no lone surrogates, found one at %d".formatted(path, text, i));
        }
        json.appendCodePoint(whole);
        i++;
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
