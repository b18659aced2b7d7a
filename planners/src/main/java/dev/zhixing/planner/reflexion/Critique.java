package dev.zhixing.planner.reflexion;

import com.fasterxml.jackson.databind.JsonNode;
import dev.zhixing.agent.prompt.SpokenJson;
import java.util.Locale;
import java.util.Optional;

/**
 * What the critic says about an attempt.
 *
 * @param advice what to do better
 */
record Critique(boolean accepted, String advice) {

  /** Reads a reply; one that is not the JSON asked for accepts if it begins with that word. */
  static Critique parse(String reply) {
    Optional<JsonNode> object = SpokenJson.object(reply);
    return object
        .map(o -> new Critique(accepts(o.path("verdict").asText("")), o.path("advice").asText("")))
        .orElseGet(() -> new Critique(accepts(reply), reply));
  }

  private static boolean accepts(String verdict) {
    return verdict.strip().toLowerCase(Locale.ROOT).startsWith("accept")
        || verdict.strip().startsWith("接受");
  }
}
