package dev.zhixing.planner.dag;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.zhixing.agent.prompt.SpokenJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Calls that refer to each other's results.
 *
 * @param nodes by id, in the order in which they were written; no reference leads back to itself
 */
record CallGraph(Map<String, Node> nodes) {
  private static final Pattern REFERENCE = Pattern.compile("\\$(?:\\{(\\w+)}|(\\w+))");

  /**
   * A call.
   *
   * @param id what others refer to it by
   * @param arguments in whose texts {@code $id} and <code>${id}</code> stand for results
   * @param references the ids that stand in them
   */
  record Node(String id, String tool, ObjectNode arguments, Set<String> references) {
    Node linked(Set<String> ids) {
      return new Node(id, tool, arguments, CallGraph.references(arguments, ids));
    }
  }

  /** A reply that is no graph; the message is written for the model. */
  static final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1;

    UnreadableException(String message) {
      super(message);
    }
  }

  /** Reads what a model wrote: an object whose {@code calls} each have id, tool, arguments. */
  static CallGraph parse(String text) throws UnreadableException {
    Optional<JsonNode> calls = SpokenJson.object(text).map(o -> o.path("calls"));
    if (calls.isEmpty() || !calls.get().isArray()) {
      throw new UnreadableException("expected a JSON object with an array \"calls\"");
    }
    Map<String, Node> unlinked = new LinkedHashMap<>();
    for (JsonNode call : calls.get()) {
      String id = call.path("id").asText("");
      if (!id.matches("\\w+") || unlinked.containsKey(id)) {
        throw new UnreadableException("expected a different \"id\" for each call, found " + call);
      }
      if (!call.path("tool").isTextual() || !(call.path("arguments") instanceof ObjectNode given)) {
        throw new UnreadableException(
            "expected a \"tool\" and an object \"arguments\" in each call, found " + call);
      }
      unlinked.put(id, new Node(id, call.path("tool").asText(), given, Set.of()));
    }
    Map<String, Node> nodes = new LinkedHashMap<>();
    unlinked.forEach((id, node) -> nodes.put(id, node.linked(unlinked.keySet())));
    CallGraph graph = new CallGraph(nodes);
    graph.checkCycles();
    return graph;
  }

  private static Set<String> references(JsonNode node, Set<String> ids) {
    Set<String> found = new LinkedHashSet<>();
    if (node.isTextual()) {
      Matcher matcher = REFERENCE.matcher(node.asText());
      while (matcher.find()) {
        if (ids.contains(id(matcher))) {
          found.add(id(matcher));
        }
      }
    }
    node.forEach(child -> found.addAll(references(child, ids)));
    return found;
  }

  private static String id(Matcher reference) {
    return reference.group(1) == null ? reference.group(2) : reference.group(1);
  }

  private void checkCycles() throws UnreadableException {
    Set<String> done = new HashSet<>();
    List<Node> left = new ArrayList<>(nodes.values());
    while (!left.isEmpty()) {
      if (!left.removeIf(node -> done.containsAll(node.references()) && done.add(node.id()))) {
        throw new UnreadableException(
            "expected calls that can run one after the other, but these wait for each other: "
                + left.stream().map(Node::id).toList());
      }
    }
  }

  /** A text that refers to one result and holds nothing else: that result's id. */
  static Optional<String> whole(String text) {
    Matcher matcher = REFERENCE.matcher(text.strip());
    return matcher.matches() ? Optional.of(id(matcher)) : Optional.empty();
  }

  /** {@code text} with results in place of the references to them. */
  static String resolved(String text, Map<String, String> results) {
    return REFERENCE
        .matcher(text)
        .replaceAll(
            place -> {
              String id = place.group(1) == null ? place.group(2) : place.group(1);
              return Matcher.quoteReplacement(results.getOrDefault(id, place.group()));
            });
  }
}
