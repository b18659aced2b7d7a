package dev.zhixing.engine.tokenizer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A small part of a JSON file as maps, lists, strings, numbers and booleans. */
final class JsonTree {
  private static final int DEEPEST = 32;

  /** More than any file has; each takes up to a hundred bytes. */
  private static final int MOST_VALUES = 1 << 18;

  /** Some millions of names and values, more than any vocabulary: small ones take much memory. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES) // a vocabulary's occur once each
          .streamReadConstraints(StreamReadConstraints.builder().maxTokenCount(1 << 23).build())
          .build();

  private final JsonParser json;
  private int values;

  private JsonTree(JsonParser json) {
    this.json = json;
  }

  /** A parser of a file, before its first token. */
  static JsonParser parser(Path file) throws IOException {
    return FACTORY.createParser(file.toFile());
  }

  /** The value at the parser's current token; null for null. */
  static @Nullable Object read(JsonParser json) throws IOException {
    return new JsonTree(json).read(0);
  }

  private @Nullable Object read(int depth) throws IOException {
    if (++values > MOST_VALUES) {
      throw new IOException("expected at most %d values, found more".formatted(MOST_VALUES));
    }
    if (depth > DEEPEST) {
      throw new IOException("expected members at most %d deep, found more".formatted(DEEPEST));
    }
    return switch (json.currentToken()) {
      case START_OBJECT -> {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
          String name = json.currentName();
          json.nextToken();
          members.put(name, read(depth + 1));
        }
        yield members;
      }
      case START_ARRAY -> {
        List<@Nullable Object> items = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          items.add(read(depth + 1));
        }
        yield items;
      }
      case VALUE_STRING -> json.getText();
      case VALUE_NUMBER_INT -> integer(json);
      case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case null -> throw new IOException("expected a value, found the end of the file");
      default -> throw new IOException("expected a value, found " + json.currentToken());
    };
  }

  /** What no long can hold becomes a double: some files have 10^30 for "any length". */
  private static Object integer(JsonParser json) throws IOException {
    return json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
        ? (Object) json.getDoubleValue()
        : (Object) json.getLongValue();
  }

  /** What Jackson found instead of JSON, and where if it says so. */
  static String place(IOException e) {
    return e instanceof JsonProcessingException json && json.getLocation() != null
        ? "%s in line %d, column %d"
            .formatted(
                json.getOriginalMessage(),
                json.getLocation().getLineNr(),
                json.getLocation().getColumnNr())
        : String.valueOf(e.getMessage());
  }

  /** The member {@code name} if {@code tree} is an object that has it, else null. */
  static @Nullable Object at(@Nullable Object tree, String name) {
    return tree instanceof Map<?, ?> map ? map.get(name) : null;
  }

  /** The string at {@code name}, or an empty one. */
  static String text(@Nullable Object tree, String name) {
    return at(tree, name) instanceof String text ? text : "";
  }

  /** The truth value at {@code name}, or {@code fallback}. */
  static boolean flag(@Nullable Object tree, String name, boolean fallback) {
    return at(tree, name) instanceof Boolean flag ? flag : fallback;
  }

  /** The items at {@code name}, none if there is no array. */
  static List<?> items(@Nullable Object tree, String name) {
    return at(tree, name) instanceof List<?> list ? list : List.of();
  }

  /** A part and, where it is a {@code Sequence}, the parts in its member {@code name} instead. */
  static List<?> sequence(@Nullable Object tree, String name) {
    if (tree == null) {
      return List.of();
    }
    return text(tree, "type").equals("Sequence") ? items(tree, name) : List.of(tree);
  }
}
