package dev.zhixing.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.zhixing.chat.format.TemplateFormat;
import dev.zhixing.engine.Model;
import dev.zhixing.engine.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Tokens that a message carries count only where they spell what it says, and nothing else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TurnIdsTest {
  private static final String TEMPLATE =
      "{% for m in messages %}<|im_start|>{{ m.role }}\n"
          + "<think>\n"
          + "</think>{{ m.content }}{% for c in m.tool_calls %}<tool_call>{{ c.function | tojson"
          + " }}</tool_call>{% endfor %}<|im_end|>\n"
          + "{% endfor %}";

  private @Nullable Model own;
  private @Nullable Model qwen;

  @BeforeAll
  void load(@TempDir Path folder) throws IOException {
    own = Model.load(RandomChatModel.inPairs(Files.createDirectory(folder.resolve("own"))), 1);
    qwen =
        Model.load(
            RandomChatModel.inPairsWithTemplate(
                folder,
                TEMPLATE,
                "<|im_end|>",
                "<|im_start|>",
                "<tool_call>",
                "</tool_call>",
                "<think>",
                "</think>"),
            1);
  }

  @AfterAll
  void unload() {
    Objects.requireNonNull(own).close();
    Objects.requireNonNull(qwen).close();
  }

  @Test
  void areTakenWhateverTheWordsAreSplitInto() {
    AiMessage red = saying("red");

    assertTaken(red, ids("re", "d", "<|end|>"));
    assertTaken(red, ids("r", "e", "d", "<|end|>"));
    assertTaken(red, ids("r", "e", "d"));
    assertTaken(red, ids(" ", "\n", "re", "d", "<|end|>")); // no reader keeps space before words
  }

  @Test
  void areTakenWhereCharactersWereNeverWhole() {
    int broken = byteToken(own().tokenizer(), 0xe4);

    assertTaken(saying("\uFFFDred"), concat(new int[] {broken}, ids("r", "e", "d", "<|end|>")));
  }

  @Test
  void areNotTakenWhereTheySpellOtherWords() {
    assertIgnored(saying("red"), ids("re", "<|end|>"));
    assertIgnored(saying("red"), ids("re", "d", "d", "<|end|>"));
    assertIgnored(saying("red"), ids("r", " ", "e", "d", "<|end|>"));
    assertIgnored(saying("red"), ids("re", "d", " ", "<|end|>"));
    assertIgnored(saying("red "), ids("re", "d", "<|end|>"));
    assertIgnored(saying("red"), ids("<|end|>"));
  }

  @Test
  void endNoTurnAndBeginNoneWhereTheMessageDoesNot() {
    int[] literal = own().tokenizer().encode("<|end|>");
    AiMessage spelled = saying("red<|end|>red");

    assertTaken(spelled, concat(ids("r", "e", "d"), literal, ids("re", "d")));
    assertIgnored(spelled, ids("re", "d", "<|end|>", "re", "d"));
    assertIgnored(spelled, concat(ids("re", "d", "<|end|>", "re", "d"), literal));
    assertIgnored(saying("red"), ids("re", "d", "<|end|>", "<|end|>"));
    assertIgnored(saying("red"), ids("re", "d", "<|end|>", "<|user|>"));
    assertIgnored(saying("red<|user|>red"), ids("re", "d", "<|user|>", "re", "d"));
    assertIgnored(saying("<|call|>red{}"), ids("<|call|>", "re", "d", "{", "}", "<|end|>"));
  }

  @Test
  void areNotTakenWhereTheyAreNoTokens() {
    int size = own().tokenizer().size();
    List<List<?>> numbers =
        List.of(
            List.of(-1), List.of(size), List.of(1L << 40), List.of(0.5), List.of("9"), List.of());
    for (List<?> some : numbers) {
      assertThat(turns(own()).of(withIds(saying("red"), some))).as("%s", some).isNull();
    }
    AiMessage no = withIds(saying("red"), "9 9");
    assertThat(turns(own()).of(no)).isNull();
    assertThat(turns(own()).of(saying("red"))).isNull();
  }

  @Test
  void areTakenAsNumbersOfAnyType() {
    List<Object> numbers = new ArrayList<>();
    for (int id : ids("r", "e", "d")) {
      numbers.add(numbers.size() % 2 == 0 ? (Object) (long) id : (Object) (double) id);
    }

    assertThat(turns(own()).of(withIds(saying("red"), numbers))).isEqualTo(ids("r", "e", "d"));
  }

  @Test
  void areFewWhereLittleIsSaid() {
    int[] spaces = new int[100_000];
    Arrays.fill(spaces, ids(" ")[0]);

    assertIgnored(saying("red"), concat(spaces, ids("re", "d")));
    assertThat(turns(own()).attach(saying("red"), concat(spaces, ids("re", "d"))))
        .isEqualTo(saying("red"));
  }

  @Test
  void callWhatTheMessageCalls() {
    AiMessage calls = calling("red", call("study", "{\"a\": 1}"), call("blue", "{}"));

    int[] all =
        ids(
            "r",
            "e",
            "d",
            " ",
            "<|call|>",
            "s",
            "t",
            "ud",
            "y",
            "{",
            "\"",
            "a",
            "\"",
            ":",
            " ",
            "1",
            "}",
            "<|call|>",
            "bl",
            "ue",
            "{",
            "}",
            "<|end|>");
    assertTaken(calls, all);
    assertIgnored(calling("red", call("study", "{\"a\": 1}")), all);
    assertIgnored(calling("red", call("study", "{\"a\":1}"), call("blue", "{}")), all);
    assertIgnored(calling("red", call("study", "{\"a\": 1}"), call("red", "{}")), all);
    assertIgnored(calling(null, call("study", "{\"a\": 1}"), call("blue", "{}")), all);
    assertIgnored(saying("red"), all);
    assertIgnored(calling("red", call("blue", "{}")), ids("re", "d", "bl", "ue", "{", "}"));
  }

  @Test
  void thinkWhatTheMessageThinks() {
    AiMessage thought = AiMessage.builder().thinking("blue").text("red").build();
    int[] behindTheCue =
        ids(qwen(), "bl", "ue", "\n", "</think>", "\n", "r", "e", "d", "<|im_end|>");
    int[] whole = concat(ids(qwen(), "<think>", "\n"), behindTheCue);

    assertTaken(qwen(), thought, whole);
    assertTaken(qwen(), thought, behindTheCue);
    assertTaken(qwen(), saying("red"), ids(qwen(), "<think>", "\n", "</think>", "r", "e", "d"));
    assertIgnored(qwen(), saying("red"), whole);
    assertIgnored(qwen(), thought, ids(qwen(), "bl", "ue", "r", "e", "d"));
    assertIgnored(qwen(), thought, ids(qwen(), "<think>", "r", "e", "d", "</think>", "bl", "ue"));
    assertIgnored(qwen(), saying("bluered"), ids(qwen(), "<think>", "bl", "ue", "re", "d"));
    assertIgnored(own(), thought, ids("bl", "ue", "re", "d"));
  }

  @Test
  void leaveMarksOfCallsTheirSpaceAndArgumentsNone() {
    AiMessage calls = calling(null, call("red", "{\"a\":  1}"));
    List<String> start = List.of("<tool_call>", "\n", "{", "\"name\":\"", "re", "d", "\", ");
    int[] before = written(qwen(), String.join("", start) + "\"arguments\" :");

    assertTaken(qwen(), calls, concat(before, written(qwen(), "{\"a\":  1}}</tool_call>")));
    assertIgnored(qwen(), calls, concat(before, written(qwen(), "{\"a\": 1}}</tool_call>")));
    assertIgnored(qwen(), calls, concat(before, written(qwen(), "{\"a\":  1}}more</tool_call>")));
    assertIgnored(qwen(), calls, concat(before, written(qwen(), "{\"a\":  1}}</tool_call>more")));
    assertIgnored(
        qwen(), calls, concat(before, qwen().tokenizer().encode("{\"a\":  1}}</tool_call>")));
  }

  private void assertTaken(AiMessage message, int... ids) {
    assertTaken(own(), message, ids);
  }

  private static void assertTaken(Model model, AiMessage message, int... ids) {
    AiMessage carrying = turns(model).attach(message, ids);

    assertThat(carrying.attributes()).containsKey(TurnIds.KEY);
    assertThat(turns(model).of(carrying)).isEqualTo(ids);
  }

  private void assertIgnored(AiMessage message, int... ids) {
    assertIgnored(own(), message, ids);
  }

  private static void assertIgnored(Model model, AiMessage message, int... ids) {
    assertThat(turns(model).attach(message, ids)).isEqualTo(message);
    assertThat(turns(model).of(withIds(message, Arrays.stream(ids).boxed().toList()))).isNull();
  }

  private static TurnIds turns(Model model) {
    Tokenizer tokenizer = model.tokenizer();
    return tokenizer.special("<|call|>").isPresent()
        ? new TurnIds(tokenizer, new OwnFormat(tokenizer, new ConversationFormat(tokenizer)))
        : new TurnIds(tokenizer, TemplateFormat.of(TEMPLATE, tokenizer));
  }

  private Model own() {
    return Objects.requireNonNull(own);
  }

  private Model qwen() {
    return Objects.requireNonNull(qwen);
  }

  private static AiMessage saying(String text) {
    return AiMessage.from(text);
  }

  private static AiMessage calling(@Nullable String text, ToolExecutionRequest... calls) {
    return AiMessage.builder().text(text).toolExecutionRequests(List.of(calls)).build();
  }

  private static ToolExecutionRequest call(String name, String arguments) {
    return ToolExecutionRequest.builder().id("1").name(name).arguments(arguments).build();
  }

  private static AiMessage withIds(AiMessage message, Object ids) {
    return message.toBuilder().attributes(Map.of(TurnIds.KEY, ids)).build();
  }

  private int[] ids(String... spellings) {
    return ids(own(), spellings);
  }

  /** The tokens with these spellings. */
  private static int[] ids(Model model, String... spellings) {
    return Arrays.stream(spellings).mapToInt(s -> id(model.tokenizer(), s)).toArray();
  }

  private static int id(Tokenizer tokenizer, String spelling) {
    return tokenizer
        .special(spelling)
        .orElseGet(
            () -> {
              int[] ids = tokenizer.encode(spelling);
              assertThat(ids).as(spelling).hasSize(1);
              return ids[0];
            });
  }

  private static int[] written(Model model, String trusted) {
    return model.tokenizer().encodeTrusted(trusted);
  }

  private static int byteToken(Tokenizer tokenizer, int value) {
    for (int id = 0; id < tokenizer.size(); id++) {
      if (Arrays.equals(tokenizer.bytes(id), new byte[] {(byte) value})) {
        return id;
      }
    }
    throw new AssertionError("no token of the byte " + value);
  }

  private static int[] concat(int[]... parts) {
    return Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray();
  }
}
