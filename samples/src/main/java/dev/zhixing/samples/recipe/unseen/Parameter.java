package dev.zhixing.samples.recipe.unseen;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhixing.samples.recipe.Draw;
import dev.zhixing.samples.recipe.Value;
import java.util.List;

/**
 * A parameter of a tool as written in the resource: {@code name/other name?: kind rest
 * "description"}.
 *
 * @param names its names, the first being the one that phrasings use as a slot
 * @param optional whether it may be left out
 * @param kind what values it takes
 * @param description what the tool says about it; may be empty
 */
record Parameter(List<String> names, boolean optional, ParameterKind kind, String description) {

  Parameter {
    names = List.copyOf(names);
  }

  static Parameter parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("parameter: expected 'name: kind', found " + text);
    }
    String head = text.substring(0, colon).strip();
    boolean optional = head.indexOf('?') >= 0;
    String names = head.replace("?", "");
    String rest = text.substring(colon + 1).strip();
    int quote = rest.indexOf('"');
    String description = quote < 0 ? "" : rest.substring(quote + 1, rest.lastIndexOf('"')).strip();
    String kind = quote < 0 ? rest : rest.substring(0, quote).strip();
    return new Parameter(
        List.of(names.split("/", -1)), optional, ParameterKind.parse(kind), description);
  }

  String name() {
    return names.getFirst();
  }

  /** The JSON schema, with the hint that its kind needs and sometimes its own description. */
  ObjectNode schema(Draw draw, Value value) {
    ObjectNode out = kind.schema(draw, value);
    String hint = out.path("description").asText("");
    String own = draw.chance(0.85) || hint.isEmpty() ? description : "";
    String joined =
        own.isEmpty() ? hint : hint.isEmpty() ? own : own + draw.pick(", ", "; ") + hint;
    out.remove("description");
    if (!joined.isEmpty()) {
      out.put("description", joined);
    }
    return out;
  }
}
