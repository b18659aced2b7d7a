package dev.zhixing.chat.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of tools in Python, as Gemma 3 writes them. */
class ToolCodeTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"a\":1}",
        "{\"a\":true,\"b\":false,\"c\":null,\"d\":-0.5}",
        "{\"text\":\"True, (a=1) \\\"None\\\" \\\\\",\"next\":\"=\"}",
        "{\"list\":[true,[null,{\"k,1\":\"v)\"}],2],\"object\":{\"x\":[false]}}",
        "{\"城市\":\"北京\\n😀\"}"
      })
  void argumentsComeBackAsTheyWere(String json) throws JsonProcessingException {
    String python = PythonArguments.ofJson(json);

    assertThat(JSON.readTree(PythonArguments.toJson(python))).isEqualTo(JSON.readTree(json));
    assertThat(PythonArguments.end(python + ")", 0)).isEqualTo(python.length());
  }

  @Test
  void readsCallsWhileTheyAreWritten() {
    String written = "weather(city=\"a)b\", days=[1,2], now=True)\ntime()\n```";

    List<WrittenCall> whole = CallReader.read(CallShape.TOOL_CODE_PYTHON, written);
    List<WrittenCall> first =
        CallReader.read(CallShape.TOOL_CODE_PYTHON, written.substring(0, written.indexOf(", now")));

    assertThat(whole)
        .containsExactly(
            new WrittenCall("weather", "{\"city\":\"a)b\",\"days\":[1,2],\"now\":true}", true),
            new WrittenCall("time", "{}", true));
    assertThat(first).containsExactly(new WrittenCall("weather", "", false));
  }

  @Test
  void writesCallsAndResultsInBlocks() {
    ToolExecutionRequest weather = call("weather", "{\"city\":\"Paris\",\"now\":true}");
    List<ChatMessage> messages =
        List.of(
            UserMessage.from("Paris?"),
            AiMessage.from("I look. ", List.of(weather, call("time", "{}"))),
            ToolExecutionResultMessage.from(weather, "sunny"));
    List<Map<String, Object>> turns =
        Turns.of(
            messages,
            List.of(Turns.tool("weather", "", Map.of())),
            new Skills(true, false, false, false),
            CallShape.TOOL_CODE_PYTHON);

    assertThat(String.valueOf(turns.getFirst().get("content")))
        .contains("```tool_code\nNAME(ARGUMENT=VALUE, …)\n```");
    assertThat(turns.get(2).get("content"))
        .isEqualTo("I look. ```tool_code\nweather(city=\"Paris\", now=True)\ntime()\n```");
    assertThat(turns.get(3).get("content")).isEqualTo("```tool_output\nsunny\n```");
  }

  @Test
  void severalCallsInJsonStandBesideEachOther() {
    List<Map<String, Object>> turns =
        Turns.of(
            List.of(AiMessage.from(List.of(call("a", "{}"), call("b", "{\"c\":1}")))),
            List.of(),
            new Skills(true, false, false, false),
            CallShape.TOOL_CODE);

    assertThat(turns.getFirst().get("content"))
        .isEqualTo(
            "```tool_code\n{\"name\": \"a\", \"parameters\": {}}\n"
                + "{\"name\": \"b\", \"parameters\": {\"c\":1}}\n```");
  }

  private static ToolExecutionRequest call(String name, String arguments) {
    return ToolExecutionRequest.builder().id("a").name(name).arguments(arguments).build();
  }
}
