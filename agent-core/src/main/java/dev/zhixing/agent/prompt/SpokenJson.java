package dev.zhixing.agent.prompt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Optional;

/** JSON as models write it: between words, or fenced. */
public final class SpokenJson {
  private static final int MOST_TRIES = 16;
  private static final ObjectMapper JSON =
      JsonMapper.builder(JsonFactory.builder().enable(JsonReadFeature.ALLOW_TRAILING_COMMA).build())
          .build();

  private SpokenJson() {}

  /** The first complete JSON object in {@code text}. */
  public static Optional<JsonNode> object(String text) {
    int at = text.indexOf('{');
    for (int tries = 0; at >= 0 && tries < MOST_TRIES; tries++) {
      Optional<JsonNode> found = read(text.substring(at));
      if (found.isPresent()) {
        return found;
      }
      at = text.indexOf('{', at + 1);
    }
    return Optional.empty();
  }

  /** The object that {@code text} begins with. */
  private static Optional<JsonNode> read(String text) {
    try (JsonParser parser = JSON.createParser(text)) {
      return Optional.<JsonNode>ofNullable(JSON.readTree(parser)).filter(JsonNode::isObject);
    } catch (IOException e) {
      return Optional.empty(); // not JSON
    }
  }
}
