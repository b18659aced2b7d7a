package dev.zhixing.agent.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhixing.agent.Usage;
import dev.zhixing.agent.redaction.Redaction;

/**
 * The tokens that a local model's message may carry, see {@link Usage#TURN_IDS}: its words in
 * another spelling, in which no one finds a secret.
 */
final class TurnIds {
  private static final String ATTRIBUTES = "attributes";

  private TurnIds() {}

  /** {@code entry} without secrets, and without the tokens of messages that held one. */
  static JsonNode redacted(ObjectNode entry, Redaction redaction) {
    if (entry.findValue(Usage.TURN_IDS) == null) {
      return redaction.of(entry);
    }
    JsonNode before = entry.deepCopy();
    JsonNode after = redaction.of(entry);
    dropFromChanged(after, before);
    return after;
  }

  private static void dropFromChanged(JsonNode after, JsonNode before) {
    if (after.equals(before)) {
      return;
    }
    switch (after) {
      case ObjectNode object -> {
        if (object.get(ATTRIBUTES) instanceof ObjectNode attributes) {
          attributes.remove(Usage.TURN_IDS);
        }
        object.remove(Usage.TURN_IDS);
        object.properties().forEach(p -> dropFromChanged(p.getValue(), before.path(p.getKey())));
      }
      case ArrayNode list -> {
        for (int i = 0; i < list.size(); i++) {
          dropFromChanged(list.get(i), before.path(i));
        }
      }
      default -> {}
    }
  }
}
