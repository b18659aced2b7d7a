package dev.zhixing.agent.redaction;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Takes secrets out of JSON: out of names, out of texts, and values by their names. */
final class JsonSecrets {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION) // no value is lost unseen
          .build();

  /** Properties whose value is the name of another's. */
  private static final Set<String> NAMING = Set.of("name", "key", "header", "field", "variable");

  private static final int LONGEST_NAME = 40;

  private static final Set<String> VALUES = Set.of("value", "val", "content", "default");

  /** Members of a JSON Web Key that only its owner may know. */
  private static final Set<String> OF_PRIVATE_KEYS = Set.of("d", "p", "q", "dp", "dq", "qi", "k");

  private final SecretNames names;
  private final UnaryOperator<String> text;
  private final Marks marks;

  /** With the rules for names and for texts. */
  JsonSecrets(SecretNames names, UnaryOperator<String> text, Marks marks) {
    this.names = names;
    this.text = text;
    this.marks = marks;
  }

  /** Whether {@code text} may be JSON other than a number, true, false or null. */
  static boolean mayBe(String text) {
    int start = 0;
    while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    return start < text.length() && "{[\"".indexOf(text.charAt(start)) >= 0;
  }

  /**
   * {@code json} without secrets.
   *
   * @throws JsonProcessingException if it is none, or says something twice
   */
  String without(String json) throws JsonProcessingException {
    JsonNode node = JSON.readTree(json);
    JsonNode clean = without(node.deepCopy());
    return clean.equals(node) ? json : JSON.writeValueAsString(clean);
  }

  /** {@code node}, changed where it holds secrets. */
  JsonNode without(JsonNode node) {
    return switch (node) {
      case TextNode content -> TextNode.valueOf(text.apply(content.textValue()));
      case ArrayNode list -> list(list);
      case ObjectNode object -> object(object);
      default -> node;
    };
  }

  private JsonNode list(ArrayNode list) {
    for (int i = 0; i < list.size(); i++) {
      String option = i == 0 ? "" : list.get(i - 1).asText();
      boolean isOption = option.startsWith("-") && !option.contains("=");
      boolean isPair = i == 1 && list.size() == 2; // a header, as name and value
      boolean named = option.length() < LONGEST_NAME && (isOption || isPair);
      Secrecy secrecy = named ? names.of(option) : Secrecy.NONE;
      list.set(i, value(list.get(i), secrecy));
    }
    return list;
  }

  private JsonNode object(ObjectNode object) {
    Secrecy ofValue = ofNamed(object);
    boolean key = object.path("kty").isTextual();
    ObjectNode clean = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> property : object.properties()) {
      String name = property.getKey();
      boolean owned = key && OF_PRIVATE_KEYS.contains(name) && !names.isEmpty();
      Secrecy secrecy =
          owned ? Secrecy.KEY : VALUES.contains(name) ? ofValue : names.ofProperty(name);
      clean.set(text.apply(name), value(property.getValue(), secrecy));
    }
    return clean;
  }

  /** What the name that stands in the object as a value says of the object's value. */
  private Secrecy ofNamed(ObjectNode object) {
    for (String naming : NAMING) {
      JsonNode name = object.path(naming);
      Secrecy secrecy = name.isTextual() ? names.ofProperty(name.textValue()) : Secrecy.NONE;
      if (secrecy != Secrecy.NONE) {
        return secrecy;
      }
    }
    return Secrecy.NONE;
  }

  private JsonNode value(JsonNode value, Secrecy secrecy) {
    boolean secret =
        switch (value) {
          case ObjectNode object -> secrecy != Secrecy.IF_RANDOM && !isSchema(object);
          case ArrayNode list -> secrecy != Secrecy.IF_RANDOM && !list.isEmpty();
          case TextNode content -> SecretValues.isSecret(secrecy, content.textValue(), true);
          default ->
              value.isIntegralNumber() && SecretValues.isSecret(secrecy, value.asText(), false);
        };
    return secret && secrecy != Secrecy.NONE
        ? TextNode.valueOf(marks.of(value.isTextual() ? value.textValue() : value.toString()))
        : without(value);
  }

  /** Whether it describes values and holds none. */
  private static boolean isSchema(ObjectNode object) {
    return object.isEmpty() || (object.path("type").isTextual() && !object.has("value"));
  }
}
