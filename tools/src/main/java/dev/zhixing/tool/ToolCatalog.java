package dev.zhixing.tool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.zhixing.agent.Effect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tool specifications by name, read from JSON of the form {@code {"NAME": {"description": "…",
 * "effect": "READ", "parameters": {JSON Schema}}}}; the effect may be left out and is then WRITE.
 * Immutable, safe for all threads; the order is the file's.
 *
 * <p>LangChain4j's schema classes have no ranges. A property with {@code minimum}, {@code maximum}
 * or any other keyword that its class cannot carry is therefore a {@link
 * dev.langchain4j.model.chat.request.json.JsonRawSchema} whose {@code schema()} is the property's
 * own JSON Schema text, such as <code>{"type":"integer","minimum":1,"maximum":100}</code>. Every
 * reader that sees only a {@link ToolSpecification} finds the ranges (and the description) there;
 * LangChain4j's providers send that text on as it is.
 */
public final class ToolCatalog {

  private static final JsonMapper JSON = new JsonMapper();

  private final Map<String, Entry> byName;

  private ToolCatalog(Map<String, Entry> byName) {
    this.byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
  }

  /** The tools that this module knows: those that run here, and the shop's, as specs only. */
  public static ToolCatalog standard() {
    try (var in = ToolCatalog.class.getResourceAsStream("tools.json")) {
      if (in == null) {
        throw new IllegalStateException(
            "tools.json: expected beside ToolCatalog, found nothing; is the jar whole?");
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("tools.json: cannot be read from the jar", e);
    }
  }

  /**
   * Parses a catalogue.
   *
   * @throws IllegalArgumentException if the text is not JSON of the form above; the message says
   *     where
   */
  public static ToolCatalog parse(String json) {
    try {
      return of(JSON.readTree(json));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("tool specifications: " + e.getMessage(), e);
    }
  }

  /** As {@link #parse}, from a tree: for instance the {@code tool_specs} of an evaluation task. */
  public static ToolCatalog of(JsonNode tools) {
    if (!tools.isObject()) {
      throw new IllegalArgumentException(
          "tool specifications: expected an object of name → specification, found "
              + tools.getNodeType());
    }
    var byName = new LinkedHashMap<String, Entry>();
    for (var tool : tools.properties()) {
      byName.put(tool.getKey(), entry(tool.getKey(), tool.getValue()));
    }
    return new ToolCatalog(byName);
  }

  private static Entry entry(String name, JsonNode tool) {
    if (!tool.isObject() || !tool.path("description").isTextual()) {
      throw new IllegalArgumentException(
          name + ": expected {\"description\": \"…\", \"parameters\": {…}}, found " + tool);
    }
    var specification =
        ToolSpecification.builder()
            .name(name)
            .description(tool.path("description").textValue())
            .parameters(SchemaReader.parameters(tool.get("parameters"), name))
            .build();
    return new Entry(specification, effect(name, tool.path("effect")));
  }

  private static Effect effect(String name, JsonNode effect) {
    if (effect.isMissingNode()) {
      return Effect.WRITE;
    }
    for (Effect each : Effect.values()) {
      if (each.name().equals(effect.asText())) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        name
            + ": expected an effect among "
            + Arrays.toString(Effect.values())
            + ", found "
            + effect);
  }

  /** The names, in order. */
  public List<String> names() {
    return List.copyOf(byName.keySet());
  }

  /** All specifications, in order. */
  public List<ToolSpecification> all() {
    return byName.values().stream().map(Entry::specification).toList();
  }

  /** Whether there is a tool of this name. */
  public boolean contains(String name) {
    return byName.containsKey(name);
  }

  /**
   * One specification.
   *
   * @throws IllegalArgumentException if there is no tool of this name
   */
  public ToolSpecification get(String name) {
    return entry(name).specification();
  }

  /**
   * What a tool does to the world.
   *
   * @throws IllegalArgumentException if there is no tool of this name
   */
  public Effect effect(String name) {
    return entry(name).effect();
  }

  private Entry entry(String name) {
    Entry found = byName.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "unknown tool '" + name + "'; expected one of: " + String.join(", ", byName.keySet()));
    }
    return found;
  }

  /** The specifications of these names, in the order given. */
  public List<ToolSpecification> get(Collection<String> names) {
    var found = new ArrayList<ToolSpecification>();
    names.forEach(name -> found.add(get(name)));
    return List.copyOf(found);
  }

  /** This catalogue and another one; where both have a name, the other one's wins. */
  public ToolCatalog with(ToolCatalog other) {
    var both = new LinkedHashMap<>(byName);
    both.putAll(other.byName);
    return new ToolCatalog(both);
  }

  private record Entry(ToolSpecification specification, Effect effect) {}
}
