package dev.zhixing.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.zhixing.engine.grammar.Grammar;
import dev.zhixing.engine.grammar.GrammarState;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Answers under random schemas, judged by a validator that others wrote. */
class RandomAnswersTest {
  private static final int FIRST_BYTE = 9;
  private static final int LONG = 150;
  private static final int MOST = 5000;

  @Test
  void answersUnderRandomSchemasAreValid() throws JsonProcessingException {
    JsonSchemaFactory factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    RandomJsonSchema schemas = new RandomJsonSchema(5);
    Random random = new Random(6);
    for (int round = 0; round < 1500; round++) {
      JsonNode tree = schemas.next();
      JsonSchema schema = factory.getSchema(tree);

      String answer = write(EngineSchemasTest.grammar(tree), random);

      assertThat(
              schema.validate(
                  EngineSchemasTest.JSON.readTree(answer),
                  execution -> execution.getExecutionConfig().setFormatAssertionsEnabled(true)))
          .as("%s: %s", tree, answer)
          .isEmpty();
    }
  }

  @Test
  void brokenSchemasGiveAGrammarOrAnError() {
    RandomJsonSchema schemas = new RandomJsonSchema(7);
    Random random = new Random(8);
    int good = 0;
    for (int round = 0; round < 3000; round++) {
      JsonNode tree = schemas.next();
      for (int n = random.nextInt(3); n >= 0; n--) {
        breakPart(tree, schemas.next(), random);
      }
      try {
        EngineSchemasTest.grammar(tree).start().forced();
        good++;
      } catch (IllegalArgumentException e) {
        assertThat(e.getMessage()).as("%s", tree).contains("expected");
      }
    }
    assertThat(good).isBetween(300, 2700);
  }

  @Test
  void schemasThatGrowWithoutEndAreRefused() {
    StringBuilder doubling = new StringBuilder("{\"$ref\":\"#/$defs/a0\",\"$defs\":{");
    for (int i = 0; i < 40; i++) {
      String next = "{\"$ref\":\"#/$defs/a" + (i + 1) + "\"}";
      doubling.append("\"a%d\":{\"allOf\":[%s,%s]},".formatted(i, next, next));
    }
    doubling.append("\"a40\":{\"type\":\"null\"}}}");
    String unfolding =
        """
        {"allOf":[{"$ref":"#/$defs/x"},{"$ref":"#/$defs/y"}],"$defs":{
        "x":{"properties":{"p":{"$ref":"#/$defs/x"},"q":{"$ref":"#/$defs/x"}}},
        "y":{"properties":{"p":{"$ref":"#/$defs/y"},"q":{"$ref":"#/$defs/y"}}}}}\
        """;

    for (String schema : new String[] {doubling.toString(), unfolding}) {
      assertThatThrownBy(() -> EngineSchemasTest.grammar(EngineSchemasTest.json(schema)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("more");
    }
  }

  /** Puts something else in the place of a random part. */
  private static void breakPart(JsonNode tree, JsonNode donor, Random random) {
    List<JsonNode> places = tree.findParents("type");
    List<JsonNode> parts = donor.findParents("type");
    if (places.isEmpty() || parts.isEmpty()) {
      return;
    }
    ObjectNode place = (ObjectNode) places.get(random.nextInt(places.size()));
    List<String> keys = new ArrayList<>();
    parts.get(random.nextInt(parts.size())).fieldNames().forEachRemaining(keys::add);
    String key = random.nextInt(3) == 0 ? "not" : keys.get(random.nextInt(keys.size()));
    switch (random.nextInt(5)) {
      case 0 -> place.remove(key);
      case 1 -> place.put(key, random.nextInt(100) - 50);
      case 2 -> place.put(key, "$#/(" + key);
      case 3 -> place.set(key, parts.get(random.nextInt(parts.size())));
      default -> place.putArray(key).add(parts.get(0)).add("x").addNull();
    }
  }

  /** Takes tokens at random, and what closes the text once it is long. */
  private static String write(Grammar grammar, Random random) {
    GrammarState state = grammar.start();
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    float[] logits = new float[EngineSchemasTest.TOKENIZER.size()];
    while (!state.isComplete() || (!state.mustStop() && random.nextInt(4) > 0)) {
      for (int id = 0; id < logits.length; id++) {
        logits[id] = (float) random.nextGaussian() + (id - FIRST_BYTE >= 0x80 ? -1 : 0);
      }
      if (text.size() > LONG && random.nextInt(3) > 0) {
        for (char closing : "\"}]".toCharArray()) {
          logits[FIRST_BYTE + closing] += closing == '"' ? 200 : 100;
        }
      }
      state.mask(logits);
      int best = 0;
      for (int id = 0; id < logits.length; id++) {
        best = logits[id] > logits[best] ? id : best;
      }
      state.accept(best);
      text.writeBytes(EngineSchemasTest.TOKENIZER.bytes(best));
      assertThat(text.size()).as("%s", text).isLessThan(MOST);
    }
    return text.toString(StandardCharsets.UTF_8);
  }
}
