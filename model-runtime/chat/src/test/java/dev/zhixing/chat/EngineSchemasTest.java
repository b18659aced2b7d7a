package dev.zhixing.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonReferenceSchema;
import dev.zhixing.engine.grammar.Grammar;
import dev.zhixing.engine.grammar.GrammarState;
import dev.zhixing.engine.grammar.Rule;
import dev.zhixing.engine.tokenizer.BytePairTokenizer;
import dev.zhixing.engine.tokenizer.Tokenizer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EngineSchemasTest {
  static final ObjectMapper JSON = JsonMapper.builder().build();
  static final Tokenizer TOKENIZER = new BytePairTokenizer(RandomChatModel.vocabulary());

  @Test
  void followsReferences() {
    String tree =
        """
        {"type":"object","properties":{"v":{"type":"integer"},"kids":{"type":"array","items":
        {"$ref":"#"}}},"required":["v"]}\
        """;
    String defined =
        """
        {"$ref":"#/$defs/a~1b","$defs":{"a/b":{"anyOf":[{"type":"null"},{"type":"object",
        "properties":{"next":{"$ref":"#/$defs/a~1b"}},"required":["next"]}]}}}\
        """;

    assertThat(accepts(tree, "{\"v\":1,\"kids\":[{\"v\":2},{\"v\":3,\"kids\":[]}]}")).isTrue();
    assertThat(accepts(tree, "{\"v\":1,\"kids\":[{}]}")).isFalse();
    assertThat(accepts(defined, "{\"next\":{\"next\":null}}")).isTrue();
    assertThat(accepts(defined, "{\"next\":{}}")).isFalse();
  }

  @Test
  void followsReferencesOfTheSchemasOfTools() {
    JsonObjectSchema person =
        JsonObjectSchema.builder()
            .addStringProperty("name")
            .addProperty(
                "children",
                JsonArraySchema.builder()
                    .items(JsonReferenceSchema.builder().reference("person").build())
                    .build())
            .required("name")
            .build();
    JsonObjectSchema root =
        JsonObjectSchema.builder()
            .addProperty("who", JsonReferenceSchema.builder().reference("person").build())
            .required("who")
            .definitions(Map.of("person", person))
            .build();
    Grammar grammar = grammar(JsonSchemas.of(root));

    assertThat(accepts(grammar, "{\"who\":{\"name\":\"a\",\"children\":[{\"name\":\"b\"}]}}"))
        .isTrue();
    assertThat(accepts(grammar, "{\"who\":{\"name\":\"a\",\"children\":[{}]}}")).isFalse();
  }

  @Test
  void mergesWhatMustHoldAtOnce() {
    String both =
        """
        {"allOf":[{"$ref":"#/$defs/base"},{"properties":{"b":{"type":"boolean"},"a":{"maximum":5}},
        "required":["b"]}],"$defs":{"base":{"type":"object","properties":{"a":{"type":"integer",
        "minimum":0}},"required":["a"]}}}\
        """;
    String beside =
        "{\"$ref\":\"#/$defs/s\",\"maxLength\":2,\"$defs\":{\"s\":{\"type\":\"string\"}}}";
    String distributed =
        """
        {"type":"object","properties":{"k":{"type":"integer"}},"required":["k"],"anyOf":[
        {"properties":{"x":{"type":"null"}},"required":["x"]},{"properties":{"y":{"const":1}}}]}\
        """;

    assertThat(accepts(both, "{\"a\":5,\"b\":true}")).isTrue();
    assertThat(accepts(both, "{\"a\":6,\"b\":true}")).isFalse();
    assertThat(accepts(both, "{\"a\":5}")).isFalse();
    assertThat(accepts(beside, "\"ab\"")).isTrue();
    assertThat(accepts(beside, "\"abc\"")).isFalse();
    assertThat(accepts(distributed, "{\"k\":1}")).isTrue();
    assertThat(accepts(distributed, "{\"k\":1,\"y\":1}")).isTrue();
  }

  @Test
  void understandsEachKeyword() {
    assertThat(accepts("{\"type\":[\"string\",\"null\"]}", "null")).isTrue();
    assertThat(accepts("{\"type\":\"string\",\"nullable\":true}", "null")).isTrue();
    assertThat(accepts("{\"type\":\"integer\",\"exclusiveMinimum\":2.5,\"maximum\":3}", "3"))
        .isTrue();
    assertThat(accepts("{\"exclusiveMaximum\":3,\"type\":\"integer\"}", "3")).isFalse();
    assertThat(accepts("{\"exclusiveMaximum\":3}", "2.99")).isTrue();
    assertThat(accepts("{\"exclusiveMaximum\":3}", "3.0")).isFalse();
    assertThat(accepts("{\"type\":\"integer\",\"multipleOf\":1.5}", "6")).isTrue();
    assertThat(accepts("{\"type\":\"integer\",\"multipleOf\":1.5}", "5")).isFalse();
    assertThat(accepts("{\"type\":\"integer\",\"multipleOf\":0.01}", "5")).isTrue();
    assertThat(accepts("{\"type\":\"number\",\"multipleOf\":0.25}", "0.75")).isTrue();
    assertThat(accepts("{\"type\":\"number\",\"multipleOf\":0.25}", "0.8")).isFalse();
    assertThat(accepts("{\"type\":\"object\"}", "{\"a\":[1]}")).isTrue();
    assertThat(accepts("{\"type\":\"object\",\"properties\":{}}", "{\"a\":[1]}")).isFalse();
    assertThat(accepts("{\"required\":[\"a\"]}", "{\"a\":[1]}")).isTrue();
    assertThat(accepts("{\"enum\":[1,\"x\",null],\"type\":\"string\"}", "\"x\"")).isTrue();
    assertThat(accepts("{\"enum\":[1,\"x\",null],\"type\":\"string\"}", "1")).isFalse();
    assertThat(accepts("{\"const\":null}", "null")).isTrue();
    assertThat(accepts("{\"const\":{\"a\":[null,{}]}}", "{\"a\":[null,{}]}")).isTrue();
    assertThat(accepts("{\"type\":\"string\",\"format\":\"date\"}", "\"2024-02-29\"")).isTrue();
    assertThat(accepts("{\"type\":\"string\",\"format\":\"date\"}", "\"2023-02-29\"")).isFalse();
    String set = "{\"type\":\"array\",\"uniqueItems\":true,\"items\":{\"enum\":[\"a\",\"b\"]}}";
    assertThat(accepts(set, "[\"b\",\"a\"]")).isTrue();
    assertThat(accepts(set, "[\"b\",\"b\"]")).isFalse();
    assertThat(accepts("true", "{\"any\":1}")).isTrue();
    assertThat(accepts("{\"items\":false}", "[]")).isTrue();
    assertThat(accepts("{\"items\":false}", "[1]")).isFalse();
  }

  @Test
  void refusesWhatCannotBeEnforcedWithItsPlace() {
    refuses("{\"not\":{}}", "tool.p", "'not'");
    refuses("{\"if\":{},\"then\":{}}", "tool.p", "'if'");
    refuses("{\"type\":\"array\",\"uniqueItems\":true}", "tool.p", "uniqueItems");
    refuses("{\"type\":\"array\",\"items\":{\"type\":\"foo\"}}", "tool.p[]", "\"foo\"");
    refuses("{\"type\":\"string\",\"pattern\":\"(?=a)\"}", "$.p", "looks around");
    refuses("{\"type\":\"string\",\"format\":\"regex\"}", "tool.p", "regex");
    refuses("{\"type\":\"string\",\"minLength\":-1}", "tool.p", "minLength");
    refuses("{\"type\":\"string\",\"minLength\":\"1\"}", "tool.p", "minLength");
    refuses("{\"$ref\":\"http://example.org/x\"}", "tool.p", "http");
    refuses("{\"$ref\":\"#/$defs/none\"}", "tool.p", "none");
    refuses("{\"allOf\":[{\"$ref\":\"#/properties/p\"}]}", "tool.p", "recursion");
    refuses("{\"$ref\":\"#/properties/p\"}", "#/properties/p", "refers to itself");
    refuses("{\"oneOf\":[{\"type\":\"string\"},{\"type\":\"string\"}]}", "tool.p", "0 and 1");
    refuses("{\"enum\":[\"a\"],\"minLength\":3}", "tool.p", "minLength");
    refuses("{\"type\":\"object\",\"minProperties\":1}", "tool.p", "minProperties");
    refuses("{\"allOf\":[{\"type\":\"string\"},{\"type\":\"null\"}]}", "tool.p", "type");
    refuses("false", "tool.p", "false");
    refuses("3", "tool.p", "3");
  }

  private static void refuses(String part, String... texts) {
    JsonNode schema =
        json("{\"type\":\"object\",\"properties\":{\"p\":" + part + "},\"required\":[\"p\"]}");
    for (String text : texts) {
      assertThatThrownBy(
              () -> Grammar.compile(new Rule.Json(EngineSchemas.of(schema, "tool")), TOKENIZER))
          .as(part)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(text);
    }
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }

  static Grammar grammar(JsonNode schema) {
    return Grammar.compile(new Rule.Json(EngineSchemas.of(schema, "answer")), TOKENIZER);
  }

  private static boolean accepts(String schema, String text) {
    return accepts(grammar(json(schema)), text);
  }

  private static boolean accepts(Grammar grammar, String text) {
    GrammarState state = grammar.start();
    for (int id : TOKENIZER.encode(text)) {
      if (!state.allows(id)) {
        return false;
      }
      state.accept(id);
    }
    return state.isComplete();
  }
}
