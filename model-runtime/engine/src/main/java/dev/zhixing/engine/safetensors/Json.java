package dev.zhixing.engine.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.zhixing.engine.gguf.GgufException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON of bounded depth into maps, lists, strings, {@code Long}, {@code Double} and {@code
 * Boolean}. A null in a map is left out.
 */
final class Json {
  /** Some millions of names and values, more than any model's: small ones take much memory. */
  private static final long MOST_TOKENS = 1 << 22;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(32)
                  .maxTokenCount(MOST_TOKENS)
                  .maxNumberLength(40)
                  .maxStringLength(1 << 22)
                  .build())
          .build();

  private Json() {}

  /** Reads an object; {@code file} names it in error texts. */
  static Map<String, Object> object(String file, byte[] bytes) {
    try (JsonParser in = FACTORY.createParser(bytes)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new GgufException(file + ": expected a JSON object, found another beginning");
      }
      Map<String, Object> object = map(in);
      if (in.nextToken() != null) {
        throw new GgufException(file + ": expected nothing behind the JSON object, found more");
      }
      return object;
    } catch (IOException e) {
      throw new GgufException(
          "%s: expected JSON, found %s; the file is damaged, get it again"
              .formatted(file, found(e)),
          e);
    }
  }

  private static String found(IOException e) {
    return e instanceof JsonProcessingException json && json.getLocation() != null
        ? "%s in line %d, column %d"
            .formatted(
                json.getOriginalMessage(),
                json.getLocation().getLineNr(),
                json.getLocation().getColumnNr())
        : String.valueOf(e.getMessage());
  }

  private static Map<String, Object> map(JsonParser in) throws IOException {
    Map<String, Object> map = new LinkedHashMap<>();
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String name = in.currentName();
      in.nextToken();
      @Nullable Object value = value(in);
      if (value != null) {
        map.put(name, value);
      }
    }
    return map;
  }

  private static List<Object> list(JsonParser in) throws IOException {
    List<Object> list = new ArrayList<>(4);
    while (in.nextToken() != JsonToken.END_ARRAY) {
      @Nullable Object value = value(in);
      list.add(value == null ? "null" : value);
    }
    return list;
  }

  private static @Nullable Object value(JsonParser in) throws IOException {
    return switch (in.currentToken()) {
      case START_OBJECT -> map(in);
      case START_ARRAY -> list(in);
      case VALUE_STRING -> in.getText();
      case VALUE_NUMBER_INT -> integer(in);
      case VALUE_NUMBER_FLOAT -> in.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case null, default -> throw new IOException("an unexpected end");
    };
  }

  private static Object integer(JsonParser in) throws IOException {
    return in.getNumberType() == JsonParser.NumberType.BIG_INTEGER
        ? (Object) in.getDoubleValue()
        : (Object) in.getLongValue();
  }
}
