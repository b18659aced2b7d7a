package dev.zhixing.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageDeserializer;
import dev.langchain4j.data.message.ChatMessageSerializer;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.zhixing.engine.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A conversation goes on in another process, of a model that splits what it says in any way: there
 * is the file that the first one saved, and the messages as they were written down.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OtherProcessesTest {
  /** A format of conversations. */
  enum Format {
    OWN,
    TEMPLATE
  }

  private static final String TEMPLATE =
      "{% if tools %}{{ tools | tojson }}{% endif %}"
          + "{% for m in messages %}"
          + "<|im_start|>{{ m.role }}\n{{ m.content }}"
          + "{% for c in m.tool_calls %}\n<tool_call>\n{{ c.function | tojson }}\n</tool_call>"
          + "{% endfor %}<|im_end|>\n{% endfor %}"
          + "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}";

  private static final ToolSpecification LIGHT =
      ToolSpecification.builder()
          .name("set_light")
          .description("Switches a light")
          .parameters(
              JsonObjectSchema.builder()
                  .addEnumProperty("room", List.of("kitchen", "study", "green bedroom"))
                  .addEnumProperty("colour", List.of("red", "blue", "green"))
                  .required("room", "colour")
                  .build())
          .build();

  private final Map<Format, Model> models = new EnumMap<>(Format.class);
  private Path folder = Path.of("");

  @BeforeAll
  void load(@TempDir Path temporary) throws IOException {
    folder = temporary;
    Path own = Files.createDirectory(folder.resolve("own"));
    models.put(Format.OWN, Model.load(RandomChatModel.inPairs(own), 1));
    Path chatMl =
        RandomChatModel.inPairsWithTemplate(
            folder, TEMPLATE, "<|im_end|>", "<|im_start|>", "<tool_call>", "</tool_call>");
    models.put(Format.TEMPLATE, Model.load(chatMl, 1));
  }

  @AfterAll
  void unload() {
    models.values().forEach(Model::close);
  }

  @ParameterizedTest
  @EnumSource
  void readOnlyWhatIsNewAndSayTheSame(Format format) {
    Path file = folder.resolve(format + ".tokens");
    List<ChatMessage> messages = new ArrayList<>();
    ChatResponse here;
    try (LocalChatModel chat = chat(format)) {
      messages.addAll(talk(chat, 4));
      chat.save(request(messages).build(), file, 1 << 24);
      here = chat.chat(further(messages));
    }

    ChatResponse there = inAnotherProcess(format, file, written(messages));
    ChatResponse without = inAnotherProcess(format, file, withoutIds(messages));

    assertThat(split(messages)).hasSizeGreaterThan(4);
    assertThat(said(there.aiMessage())).isEqualTo(said(here.aiMessage()));
    assertThat(usage(there).inputTokenCount()).isEqualTo(usage(here).inputTokenCount());
    assertThat(usage(there).cachedTokenCount()).isEqualTo(usage(here).cachedTokenCount());
    assertThat(read(there)).isLessThan(70);
    assertThat(read(without)).isGreaterThan(200);
  }

  @ParameterizedTest
  @EnumSource
  void goOnAsTheFirstDidTurnForTurn(Format format) {
    List<ChatMessage> here;
    try (LocalChatModel chat = chat(format)) {
      here = talk(chat, 4);
    }
    List<ChatMessage> there = new ArrayList<>();

    for (int i = 0; i < here.size(); i++) {
      if (here.get(i) instanceof AiMessage before) {
        List<ChatMessage> known = written(here.subList(0, i));
        try (LocalChatModel chat = chat(format)) {
          boolean mustCall = before.hasToolExecutionRequests();
          there.add(chat.chat(mustCall ? calling(known) : request(known).build()).aiMessage());
        }
      }
    }

    assertThat(there.stream().map(OtherProcessesTest::said))
        .isEqualTo(
            here.stream()
                .filter(AiMessage.class::isInstance)
                .map(OtherProcessesTest::said)
                .toList());
  }

  @ParameterizedTest
  @EnumSource
  void takeNoTokensOfAMessageThatWasChanged(Format format) {
    List<ChatMessage> messages;
    try (LocalChatModel chat = chat(format)) {
      messages = talk(chat, 2);
    }
    List<ChatMessage> changed = new ArrayList<>();
    List<ChatMessage> fresh = new ArrayList<>();
    for (ChatMessage message : messages) {
      boolean isSaid = message instanceof AiMessage ai && !ai.hasToolExecutionRequests();
      changed.add(isSaid ? ((AiMessage) message).toBuilder().text("never said").build() : message);
      fresh.add(isSaid ? AiMessage.from("never said") : message);
    }

    try (LocalChatModel one = chat(format);
        LocalChatModel other = chat(format)) {
      ChatResponse response = one.chat(further(changed));
      ChatResponse expected = other.chat(further(fresh));

      assertThat(usage(response).inputTokenCount()).isEqualTo(usage(expected).inputTokenCount());
      assertThat(said(response.aiMessage())).isEqualTo(said(expected.aiMessage()));
    }
  }

  private ChatResponse inAnotherProcess(Format format, Path file, List<ChatMessage> messages) {
    try (LocalChatModel chat = chat(format)) {
      assertThat(chat.restore(file).done()).isTrue();
      return chat.chat(further(messages));
    }
  }

  private LocalChatModel chat(Format format) {
    return LocalChatModel.of(Objects.requireNonNull(models.get(format)));
  }

  /** Rounds of words, a call and its result. */
  private static List<ChatMessage> talk(LocalChatModel chat, int rounds) {
    List<ChatMessage> messages = new ArrayList<>(List.of(SystemMessage.from("Be brief.")));
    for (int round = 0; round < rounds; round++) {
      messages.add(UserMessage.from("question " + round));
      messages.add(chat.chat(request(messages).build()).aiMessage());
      messages.add(UserMessage.from("and the light?"));
      AiMessage call = chat.chat(calling(messages)).aiMessage();
      messages.add(call);
      for (ToolExecutionRequest request : call.toolExecutionRequests()) {
        messages.add(ToolExecutionResultMessage.from(request, "done"));
      }
    }
    return messages;
  }

  private static ChatRequest further(List<ChatMessage> messages) {
    List<ChatMessage> more = new ArrayList<>(messages);
    more.add(UserMessage.from("and then?"));
    return request(more).build();
  }

  private static ChatRequest calling(List<ChatMessage> messages) {
    LocalChatRequestParameters must =
        LocalChatRequestParameters.builder()
            .toolChoice(ToolChoice.REQUIRED)
            .maxOutputTokens(100)
            .build();
    ChatRequest request = request(messages).build();
    return request.toBuilder().parameters(request.parameters().overrideWith(must)).build();
  }

  private static ChatRequest.Builder request(List<ChatMessage> messages) {
    return ChatRequest.builder()
        .messages(List.copyOf(messages))
        .parameters(
            LocalChatRequestParameters.builder()
                .toolSpecifications(LIGHT)
                .temperature(1.0)
                .seed(5L)
                .maxOutputTokens(12)
                .build());
  }

  /** The messages as they come back from JSON. */
  private static List<ChatMessage> written(List<ChatMessage> messages) {
    return ChatMessageDeserializer.messagesFromJson(ChatMessageSerializer.messagesToJson(messages));
  }

  private static List<ChatMessage> withoutIds(List<ChatMessage> messages) {
    List<ChatMessage> without = new ArrayList<>();
    for (ChatMessage message : messages) {
      if (message instanceof AiMessage ai) {
        Map<String, Object> attributes = new HashMap<>(ai.attributes());
        attributes.remove(TurnIds.KEY);
        without.add(ai.toBuilder().attributes(attributes).build());
      } else {
        without.add(message);
      }
    }
    return without;
  }

  /** The messages that carry their tokens. */
  private static List<ChatMessage> split(List<ChatMessage> messages) {
    return messages.stream()
        .filter(m -> m instanceof AiMessage ai && ai.attributes().containsKey(TurnIds.KEY))
        .toList();
  }

  private static String said(ChatMessage message) {
    AiMessage ai = (AiMessage) message;
    StringBuilder said = new StringBuilder(String.valueOf(ai.text()));
    ai.toolExecutionRequests().forEach(r -> said.append(r.name()).append(r.arguments()));
    return said.toString();
  }

  private static int read(ChatResponse response) {
    return usage(response).inputTokenCount() - usage(response).cachedTokenCount();
  }

  private static LocalTokenUsage usage(ChatResponse response) {
    return (LocalTokenUsage) response.tokenUsage();
  }
}
