package dev.zhixing.chat.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Keyword arguments of calls in Python, {@code a=1, b="x", c=[True, None]}, from and to JSON. What
 * is read has the form that the grammar saw to: strings as in JSON.
 */
final class PythonArguments {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> TO_JSON =
      Map.of("True", "true", "False", "false", "None", "null");

  private PythonArguments() {}

  /** Where the arguments that begin at {@code from} end, before the parenthesis; -1: not yet. */
  static int end(String text, int from) {
    int depth = 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        i = stringEnd(text, i);
      } else if (c == '{' || c == '[') {
        depth++;
      } else if (c == '}' || c == ']') {
        depth--;
      } else if (c == ')' && depth == 0) {
        return i;
      }
    }
    return -1;
  }

  /** Where the string that begins at {@code from} ends: its last mark, or the text's end. */
  private static int stringEnd(String text, int from) {
    int at = from + 1;
    while (at < text.length() && text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    return at;
  }

  /** Complete arguments as a JSON object. */
  static String toJson(String python) {
    StringBuilder json = new StringBuilder("{");
    int at = 0;
    while (at < python.length()) {
      int equals = python.indexOf('=', at);
      json.append(json.length() > 1 ? "," : "");
      json.append(string(python.substring(at, equals).strip())).append(':');
      at = value(python, equals + 1, json) + 1;
    }
    return json.append('}').toString();
  }

  /** Copies a value; returns where it ends, at a comma or at the end. */
  private static int value(String python, int from, StringBuilder json) {
    int depth = 0;
    int at = from;
    while (at < python.length()) {
      char c = python.charAt(at);
      int end = at + 1;
      if (c == ',' && depth == 0) {
        return at;
      }
      if (c == '"') {
        end = Math.min(stringEnd(python, at) + 1, python.length());
      } else if (Character.isLetter(c)) {
        while (end < python.length() && Character.isLetter(python.charAt(end))) {
          end++;
        }
      } else {
        depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
      }
      String part = python.substring(at, end);
      json.append(TO_JSON.getOrDefault(part, part));
      at = end;
    }
    return at;
  }

  private static String string(String text) {
    try {
      return JSON.writeValueAsString(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a string can't be written as JSON", e);
    }
  }

  /** A JSON object as keyword arguments; nothing for what is no object. */
  static String ofJson(String json) {
    StringJoiner arguments = new StringJoiner(", ");
    try {
      for (Map.Entry<String, JsonNode> property : JSON.readTree(json).properties()) {
        arguments.add(property.getKey() + "=" + literal(property.getValue()));
      }
    } catch (JsonProcessingException e) {
      return "";
    }
    return arguments.toString();
  }

  private static String literal(JsonNode value) {
    if (value.isObject()) {
      StringJoiner members = new StringJoiner(",", "{", "}");
      value
          .properties()
          .forEach(p -> members.add(string(p.getKey()) + ":" + literal(p.getValue())));
      return members.toString();
    }
    if (value.isArray()) {
      StringJoiner items = new StringJoiner(",", "[", "]");
      value.forEach(item -> items.add(literal(item)));
      return items.toString();
    }
    if (value.isBoolean()) {
      return value.booleanValue() ? "True" : "False";
    }
    return value.isNull() ? "None" : value.toString();
  }
}
