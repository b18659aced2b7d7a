package dev.zhixing.agent.journal;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageDeserializer;
import dev.langchain4j.data.message.ChatMessageSerializer;
import dev.zhixing.agent.AgentEvent;
import dev.zhixing.agent.JournalEntry;
import dev.zhixing.agent.Observation;
import dev.zhixing.agent.ReplyForm;
import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import java.util.function.Function;

/**
 * Entries as JSON objects, whose property {@code entry} names the type, and back. Messages and
 * tools are written as LangChain4j writes them.
 */
final class EntryJson {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .addMixIn(JournalEntry.class, Entry.class)
          .addMixIn(Observation.class, Kind.class)
          .addModule(module())
          .build();

  static {
    JSON.registerSubtypes(JournalEntry.class.getPermittedSubclasses());
    JSON.registerSubtypes(AgentEvent.class.getPermittedSubclasses());
    JSON.registerSubtypes(Observation.class.getPermittedSubclasses());
  }

  private EntryJson() {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "entry")
  private interface Entry {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "kind")
  private interface Kind {}

  static ObjectNode write(JournalEntry entry) {
    return JSON.valueToTree(entry);
  }

  static JournalEntry read(JsonNode node) throws JsonProcessingException {
    return JSON.treeToValue(node, JournalEntry.class);
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  static JsonNode parse(String text) throws JsonProcessingException {
    return JSON.readTree(text);
  }

  static String text(JsonNode node) {
    return node.toString();
  }

  private static SimpleModule module() {
    return new SimpleModule()
        .addSerializer(new AsJson<>(ChatMessage.class, ChatMessageSerializer::messageToJson))
        .addSerializer(new AsJson<>(ToolSpecification.class, ToolSpecification::toJson))
        .addSerializer(new AsJson<>(ReplyForm.class, FormJson::write))
        .addSerializer(new AsJson<>(Duration.class, time -> "\"" + time + "\""))
        .addDeserializer(
            ChatMessage.class,
            new FromJson<>(
                ChatMessage.class, n -> ChatMessageDeserializer.messageFromJson(text(n))))
        .addDeserializer(
            AiMessage.class,
            new FromJson<>(
                AiMessage.class, n -> (AiMessage) ChatMessageDeserializer.messageFromJson(text(n))))
        .addDeserializer(
            ToolSpecification.class,
            new FromJson<>(ToolSpecification.class, n -> ToolSpecification.fromJson(text(n))))
        .addDeserializer(ReplyForm.class, new FromJson<>(ReplyForm.class, FormJson::read))
        .addDeserializer(
            ReplyForm.Json.class,
            new FromJson<>(ReplyForm.Json.class, n -> (ReplyForm.Json) FormJson.read(n)))
        .addDeserializer(
            Duration.class, new FromJson<>(Duration.class, n -> Duration.parse(n.asText())));
  }

  /** Writes a value as the JSON text that a function gives. */
  private static final class AsJson<T> extends StdSerializer<T> {
    @Serial private static final long serialVersionUID = 1L;

    private final transient Function<T, String> json;

    AsJson(Class<T> type, Function<T, String> json) {
      super(type);
      this.json = json;
    }

    @Override
    public void serialize(T value, JsonGenerator to, SerializerProvider provider)
        throws IOException {
      to.writeTree(JSON.readTree(json.apply(value)));
    }

    @Override
    public void serializeWithType(
        T value, JsonGenerator to, SerializerProvider provider, TypeSerializer type)
        throws IOException {
      serialize(value, to, provider);
    }
  }

  /** Reads a value with a function of its JSON. */
  private static final class FromJson<T> extends StdDeserializer<T> {
    @Serial private static final long serialVersionUID = 1L;

    private final transient Function<JsonNode, T> value;

    FromJson(Class<T> type, Function<JsonNode, T> value) {
      super(type);
      this.value = value;
    }

    @Override
    public T deserialize(JsonParser from, DeserializationContext context) throws IOException {
      return value.apply(context.readTree(from));
    }
  }
}
