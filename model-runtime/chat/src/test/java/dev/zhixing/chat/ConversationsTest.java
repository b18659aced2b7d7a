package dev.zhixing.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.zhixing.engine.Model;
import dev.zhixing.engine.SessionOptions;
import dev.zhixing.engine.transformer.CacheType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several conversations with one model: what they share, and what is forgotten. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConversationsTest {
  /** A format of conversations. */
  enum Format {
    OWN,
    TEMPLATE
  }

  private static final ToolSpecification TOOL =
      ToolSpecification.builder()
          .name("look_up")
          .description("Looks a word up in one of many books, wherever they may be. ".repeat(4))
          .parameters(JsonObjectSchema.builder().addStringProperty("word").build())
          .build();

  private final Map<Format, Model> models = new EnumMap<>(Format.class);

  @BeforeAll
  void load(@TempDir Path folder) throws IOException {
    Path own = Files.createDirectory(folder.resolve("own"));
    Path template = Files.createDirectory(folder.resolve("template"));
    models.put(Format.OWN, Model.load(RandomChatModel.write(own, ConversationFormat.NAME), 1));
    models.put(
        Format.TEMPLATE,
        Model.load(RandomChatModel.withTemplate(template, "", "<|im_end|>", "<|im_start|>"), 1));
  }

  @AfterAll
  void unload() {
    models.values().forEach(Model::close);
  }

  @ParameterizedTest
  @EnumSource
  void conversationsWithTheSameToolsAndSystemPromptShareThem(Format format) {
    try (LocalChatModel chat = chat(format, LocalChatOptions.builder())) {
      ChatResponse first = chat.chat(request("the first question"));
      long bytes = chat.counts().bytes();

      ChatResponse second = chat.chat(request("another question"));

      assertThat(usage(first).cachedTokenCount()).isZero();
      assertThat(usage(second).inputTokenCount() - usage(second).cachedTokenCount())
          .isLessThan(100);
      assertThat(usage(second).cachedTokenCount()).isGreaterThan(250);
      assertThat(chat.counts().kept()).isEqualTo(2);
      assertThat(chat.counts().bytes() - bytes).isLessThan(bytes / 2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void readsOnlyWhatIsNewInEachOfTwentySteps(Format format) {
    try (LocalChatModel chat = chat(format, LocalChatOptions.builder())) {
      List<ChatMessage> messages = new ArrayList<>(one());
      ChatResponse answer = chat.chat(request(messages, null));
      for (int step = 0; step < 20; step++) {
        LocalTokenUsage before = usage(answer);
        messages.add(answer.aiMessage());
        messages.add(UserMessage.from("and then?"));

        answer = chat.chat(request(messages, null));

        int known = before.inputTokenCount() + before.outputTokenCount();
        assertThat(usage(answer).cachedTokenCount()).isBetween(known - 1, known);
        assertThat(usage(answer).inputTokenCount() - known).isLessThan(60);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void tellsFromWhichTokenOnARequestIsNotWhatIsKept(Format format) {
    try (LocalChatModel chat = chat(format, LocalChatOptions.builder())) {
      List<ChatMessage> messages = new ArrayList<>(one());
      ChatResponse first = chat.chat(request(messages, null));
      messages.add(first.aiMessage());
      messages.add(UserMessage.from("and then?"));
      ChatResponse second = chat.chat(request(messages, null));
      messages.set(1, AiMessage.from("never said"));
      ChatResponse edited = chat.chat(request(messages, null));

      assertThat(divergedAt(first)).isEmpty();
      assertThat(divergedAt(second)).isEmpty();
      assertThat(divergedAt(edited)).hasValue(usage(edited).cachedTokenCount());
      assertThat(usage(edited).cachedTokenCount())
          .isBetween(usage(first).inputTokenCount(), usage(second).inputTokenCount() - 1);
    }
  }

  private static OptionalInt divergedAt(ChatResponse response) {
    return ((LocalChatResponseMetadata) response.metadata()).divergedAt();
  }

  @ParameterizedTest
  @EnumSource
  void severalAtOnceSayWhatEachSaysAlone(Format format)
      throws ExecutionException, InterruptedException {
    List<String> alone = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      try (LocalChatModel chat = chat(format, LocalChatOptions.builder())) {
        alone.add(talk(chat, i));
      }
    }
    List<Future<String>> together = new ArrayList<>();
    try (LocalChatModel chat = chat(format, LocalChatOptions.builder());
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 4; i++) {
        int own = i;
        together.add(threads.submit(() -> talk(chat, own)));
      }
      for (int i = 0; i < 4; i++) {
        assertThat(together.get(i).get()).isEqualTo(alone.get(i));
      }
    }
  }

  /** Three turns of a conversation; what was answered. */
  private static String talk(LocalChatModel chat, int number) {
    List<ChatMessage> messages = new ArrayList<>(List.of(SystemMessage.from("Be brief.")));
    StringBuilder answers = new StringBuilder();
    for (int turn = 0; turn < 3; turn++) {
      messages.add(UserMessage.from("conversation " + number + ", question " + turn));
      AiMessage answer = chat.chat(request(messages, null)).aiMessage();
      answers.append(answer.text()).append('\n');
      messages.add(answer);
    }
    return answers.toString();
  }

  @ParameterizedTest
  @EnumSource
  void whatWasUsedLeastRecentlyIsForgottenFirst(Format format) {
    try (LocalChatModel chat = chat(format, LocalChatOptions.builder().memory(bytesFor(1200)))) {
      chat.chat(request(one(), null));
      chat.chat(request(two(), null));

      chat.chat(request(three(), null));

      assertThat(chat.counts().evicted()).isPositive();
      assertThat(cached(chat, two(), null)).isGreaterThan(300);
      assertThat(cached(chat, one(), null)).isLessThan(50);
      assertThat(chat.counts().bytes()).isLessThanOrEqualTo(bytesFor(1200));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aNamedConversationIsForgottenLast(Format format) {
    try (LocalChatModel chat = chat(format, LocalChatOptions.builder().memory(bytesFor(1200)))) {
      chat.chat(request(one(), "mine"));
      chat.chat(request(two(), null));

      chat.chat(request(three(), null));

      assertThat(cached(chat, one(), "mine")).isGreaterThan(300);
      assertThat(cached(chat, two(), null)).isLessThan(50);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aNamedConversationKnowsItsAnswersWithoutTheirAttributes(Format format) {
    int found = cachedOfStored(format, "mine");
    int lost = cachedOfStored(format, null);

    assertThat(found).isGreaterThan(lost);
  }

  /** A request after an answer that comes from a store, of bytes that are no characters. */
  private int cachedOfStored(Format format, @Nullable String session) {
    try (LocalChatModel chat = chat(format, LocalChatOptions.builder())) {
      ChatResponse first = chat.chat(request(one(), session));
      String answer = first.aiMessage().text();
      List<ChatMessage> stored = new ArrayList<>(one());
      stored.add(AiMessage.from(answer));
      stored.add(UserMessage.from("go on"));

      int cached = cached(chat, stored, session);

      assertThat(answer).contains("\uFFFD");
      assertThat(cached).isGreaterThanOrEqualTo(usage(first).inputTokenCount());
      return cached;
    }
  }

  @ParameterizedTest
  @EnumSource
  void aConversationThatNeverFitsInMemoryIsRefused(Format format) {
    try (LocalChatModel chat = chat(format, LocalChatOptions.builder().memory(bytesFor(128)))) {
      assertThatThrownBy(() -> chat.chat(request(one(), null)))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("bytes")
          .hasMessageContaining("raise the limit");
    }
  }

  @Test
  void holdsConversationsToTheSessionsLength() {
    LocalChatOptions.Builder options =
        LocalChatOptions.builder().sessions(new SessionOptions(CacheType.Q8_0, 100));
    try (LocalChatModel chat = chat(Format.OWN, options)) {
      assertThatThrownBy(() -> chat.chat(request(one(), null)))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("expected fewer than 100 tokens");
    }
  }

  /** Memory for so many tokens: pages of 64, two layers of two heads of 16, in half precision. */
  private static long bytesFor(int tokens) {
    return tokens / 64 * 64L * 2 * 2 * 2 * 16 * 2;
  }

  private LocalChatModel chat(Format format, LocalChatOptions.Builder options) {
    return LocalChatModel.of(Objects.requireNonNull(models.get(format)), options.build());
  }

  private static int cached(
      LocalChatModel chat, List<ChatMessage> messages, @Nullable String session) {
    return usage(chat.chat(request(messages, session))).cachedTokenCount();
  }

  private static LocalTokenUsage usage(ChatResponse response) {
    return (LocalTokenUsage) response.tokenUsage();
  }

  private static List<ChatMessage> one() {
    return List.of(UserMessage.from("one ".repeat(100)));
  }

  private static List<ChatMessage> two() {
    return List.of(UserMessage.from("two ".repeat(100)));
  }

  private static List<ChatMessage> three() {
    return List.of(UserMessage.from("3 ".repeat(200)));
  }

  private static ChatRequest request(String question) {
    return ChatRequest.builder()
        .messages(SystemMessage.from("Be brief."), UserMessage.from(question))
        .toolSpecifications(TOOL)
        .maxOutputTokens(12)
        .build();
  }

  private static ChatRequest request(List<ChatMessage> messages, @Nullable String session) {
    return ChatRequest.builder()
        .messages(messages)
        .parameters(
            LocalChatRequestParameters.builder()
                .session(session)
                .temperature(1.0)
                .seed(5L)
                .maxOutputTokens(12)
                .build())
        .build();
  }
}
