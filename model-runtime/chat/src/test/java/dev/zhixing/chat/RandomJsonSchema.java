package dev.zhixing.chat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;

/** JSON Schemas from a seed: satisfiable, with references, and with short documents. */
final class RandomJsonSchema {
  // Without email: the validator takes top-level domains only that it has a list of.
  private static final List<String> FORMATS =
      List.of("date", "time", "date-time", "uuid", "ipv4", "ipv6", "hostname", "uri");
  private static final List<String> PATTERNS =
      List.of(
          "^[a-z]+$",
          "\\d",
          "^\\w{2,4}(-\\w+)*$",
          "^(灯|客厅)?[^\"]*$",
          "^\\S+$",
          "\\\\|[\"{}]$",
          "^(?:[A-F0-9]{2}){2,3}$",
          "^[^\\n]{1,3}$");
  private static final String[] VALUES = {
    "\"on\"",
    "\"灯\"",
    "\"a \\\"b\\\"\\n\"",
    "1",
    "-12",
    "2.5",
    "true",
    "null",
    "[1,[]]",
    "{\"k\":{\"x\":null}}"
  };

  private final Random random;
  private final JsonNodeFactory nodes = JsonNodeFactory.instance;

  RandomJsonSchema(long seed) {
    random = new Random(seed);
  }

  ObjectNode next() {
    boolean recursive = random.nextInt(3) == 0;
    ObjectNode root = part(3, recursive);
    if (recursive && !root.has("$ref")) {
      ObjectNode definitions = root.putObject("$defs");
      ObjectNode list = definitions.putObject("list").put("type", "object");
      list.putObject("properties")
          .<ObjectNode>set("v", part(1, false))
          .set("next", reference("list"));
      list.putArray("required").add("v");
      ObjectNode tree = definitions.putObject("a/b");
      tree.put("type", "array").put("maxItems", 2).set("items", part(1, true));
    } else if (recursive) {
      return part(3, false);
    }
    return root;
  }

  private ObjectNode reference(String name) {
    return nodes.objectNode().put("$ref", "#/$defs/" + name.replace("/", "~1"));
  }

  private ObjectNode part(int depth, boolean refers) {
    if (refers && random.nextInt(4) == 0) {
      return reference(random.nextBoolean() ? "list" : "a/b");
    }
    ObjectNode schema =
        switch (random.nextInt(depth > 0 ? 13 : 7)) {
          case 0, 1 -> string();
          case 2 -> integer();
          case 3 -> number();
          case 4 -> nodes.objectNode().put("type", "boolean");
          case 5, 6 -> values();
          case 7 -> array(depth, refers);
          case 8 -> tuple(depth, refers);
          case 9 -> choice(depth, refers);
          case 10 -> map(depth, refers);
          default -> object(depth, refers);
        };
    if (random.nextInt(5) == 0) {
      schema.put("description", "what it is").put("default", 7);
    }
    if (schema.path("type").isTextual() && random.nextInt(6) == 0) {
      schema.set("type", nodes.arrayNode().add(schema.get("type")).add("null"));
    }
    return schema;
  }

  private ObjectNode string() {
    ObjectNode schema = nodes.objectNode().put("type", "string");
    switch (random.nextInt(4)) {
      case 0 -> schema.put("pattern", PATTERNS.get(random.nextInt(PATTERNS.size())));
      case 1 -> schema.put("format", FORMATS.get(random.nextInt(FORMATS.size())));
      case 2 ->
          schema
              .put("pattern", PATTERNS.get(random.nextInt(PATTERNS.size() - 2)))
              .put("minLength", random.nextInt(3))
              .put("maxLength", 4 + random.nextInt(8));
      default -> schema.put("minLength", random.nextInt(3)).put("maxLength", 3 + random.nextInt(5));
    }
    return schema;
  }

  private ObjectNode integer() {
    ObjectNode schema = nodes.objectNode().put("type", "integer");
    long low = random.nextLong() >> (12 + random.nextInt(50));
    schema.put(random.nextBoolean() ? "minimum" : "exclusiveMinimum", low);
    schema.put(
        random.nextBoolean() ? "maximum" : "exclusiveMaximum", low + 200 + random.nextInt(99));
    if (random.nextInt(3) == 0) {
      schema.put("multipleOf", 1 + random.nextInt(99));
    }
    return schema;
  }

  private ObjectNode number() {
    ObjectNode schema = nodes.objectNode().put("type", "number");
    double low = (random.nextInt(2001) - 1000) / 100.0;
    if (random.nextInt(4) > 0) {
      schema.put(random.nextBoolean() ? "minimum" : "exclusiveMinimum", low);
    }
    if (random.nextInt(4) > 0) {
      schema.put(random.nextBoolean() ? "maximum" : "exclusiveMaximum", low + 5);
    }
    if (random.nextInt(3) == 0) {
      schema.put("multipleOf", random.nextBoolean() ? 0.5 : 0.01);
    }
    return schema;
  }

  private ObjectNode values() {
    ObjectNode schema = nodes.objectNode();
    ArrayNode values = schema.putArray("enum");
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      values.add(EngineSchemasTest.json(VALUES[random.nextInt(VALUES.length)]));
    }
    if (values.size() == 1) {
      return nodes.objectNode().set("const", values.get(0));
    }
    return schema;
  }

  private ObjectNode array(int depth, boolean refers) {
    int min = random.nextInt(3);
    ObjectNode schema = nodes.objectNode().put("type", "array").put("maxItems", min + 2);
    if (random.nextBoolean()) {
      schema.put("minItems", min);
    }
    if (random.nextInt(5) == 0) {
      ArrayNode values = schema.put("uniqueItems", true).putObject("items").putArray("enum");
      values.add("a").add("ab").add(1).add(true).add(2.5);
      return schema;
    }
    return schema.set("items", part(depth - 1, refers));
  }

  private ObjectNode tuple(int depth, boolean refers) {
    ObjectNode schema = nodes.objectNode().put("type", "array").put("maxItems", 4);
    schema.putArray("prefixItems").add(part(depth - 1, refers)).add(part(depth - 1, refers));
    if (random.nextBoolean()) {
      schema.put("minItems", random.nextInt(3));
    }
    switch (random.nextInt(3)) {
      case 0 -> schema.put("items", false);
      case 1 -> schema.set("items", part(depth - 1, refers));
      default -> {}
    }
    return schema;
  }

  private ObjectNode choice(int depth, boolean refers) {
    ObjectNode schema = nodes.objectNode();
    if (random.nextInt(3) == 0) {
      schema.putArray("oneOf").add(string()).add(array(depth, refers)).add(integer());
    } else {
      schema.putArray("anyOf").add(part(depth - 1, refers)).add(part(depth - 1, refers));
    }
    return schema;
  }

  private ObjectNode map(int depth, boolean refers) {
    ObjectNode schema = nodes.objectNode().put("type", "object");
    if (random.nextInt(3) == 0) {
      schema.putObject("patternProperties").set("^[a-c]{1,2}$", part(depth - 1, refers));
      schema.put("additionalProperties", false);
    } else {
      schema.set("additionalProperties", part(depth - 1, refers));
      if (random.nextBoolean()) {
        schema.putObject("propertyNames").put("pattern", "^[a-z]").put("maxLength", 3);
      }
    }
    return schema;
  }

  private ObjectNode object(int depth, boolean refers) {
    ObjectNode schema = nodes.objectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = schema.putArray("required");
    for (int i = random.nextInt(4); i >= 0; i--) {
      String name = i == 2 ? "房间 \"3\"" : "p" + i;
      properties.set(name, part(depth - 1, refers));
      if (random.nextBoolean()) {
        required.add(name);
      }
    }
    switch (random.nextInt(5)) {
      case 0 -> schema.put("additionalProperties", false);
      case 1 -> schema.set("additionalProperties", part(depth - 1, refers));
      case 2 -> {
        required.add("q");
        ObjectNode more = nodes.objectNode();
        more.putObject("properties").putObject("q").put("type", "string").put("maxLength", 2);
        schema.putArray("allOf").add(more);
      }
      default -> {}
    }
    return schema;
  }
}
