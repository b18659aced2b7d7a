package dev.zhixing.chat.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.zhixing.chat.template.MarkedText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Messages as templates see them: a role, a content, calls. */
final class Turns {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Map<String, Object>> turns = new ArrayList<>();
  private final Skills skills;
  private final CallShape shape;
  private String ahead; // what the next user message must say first

  private Turns(Skills skills, CallShape shape, String ahead) {
    this.skills = skills;
    this.shape = shape;
    this.ahead = ahead;
  }

  static List<Map<String, Object>> of(
      List<ChatMessage> messages, List<Map<String, Object>> tools, Skills skills, CallShape shape) {
    String listed = tools.isEmpty() || skills.hasTools() ? "" : inWords(tools, shape);
    boolean startsWithSystem =
        !messages.isEmpty() && messages.getFirst() instanceof SystemMessage && skills.hasSystem();
    Turns out = new Turns(skills, shape, startsWithSystem || skills.hasSystem() ? "" : listed);
    String system = startsWithSystem || skills.hasSystem() ? listed : "";
    if (!system.isEmpty() && !startsWithSystem) {
      out.turns.add(turn("system", system.strip()));
      system = "";
    }
    for (ChatMessage message : messages) {
      out.add(message, system);
      system = "";
    }
    return out.turns;
  }

  private static String inWords(List<Map<String, Object>> tools, CallShape shape) {
    StringBuilder text = new StringBuilder("You can call these functions:\n");
    tools.forEach(tool -> text.append(json(tool)).append('\n'));
    String sample =
        shape.trigger()
            + shape.open()
            + shape.before()
            + "NAME"
            + shape.between()
            + (shape.arguments() == CallShape.Arguments.JSON ? "ARGUMENTS" : "ARGUMENT=VALUE, …")
            + shape.after()
            + shape.close();
    return text.append("To call one, reply with nothing but ")
        .append(sample)
        .append(".\n\n")
        .toString();
  }

  /** A tool as templates see it. */
  static Map<String, Object> tool(String name, String description, Map<String, Object> schema) {
    Map<String, Object> function = new LinkedHashMap<>();
    function.put("name", name);
    function.put("description", description);
    function.put("parameters", schema);
    Map<String, Object> tool = new LinkedHashMap<>();
    tool.put("type", "function");
    tool.put("function", function);
    return tool;
  }

  /** A turn, whose role is the template's word: one in a cue and one of a turn are the same. */
  private static Map<String, Object> turn(String role, String content) {
    Map<String, Object> turn = new LinkedHashMap<>();
    turn.put("role", MarkedText.own(role));
    turn.put("content", content);
    return turn;
  }

  private void add(ChatMessage message, String system) {
    switch (message) {
      case SystemMessage m when skills.hasSystem() -> turns.add(turn("system", system + m.text()));
      case SystemMessage m -> ahead = ahead + m.text() + "\n\n";
      case UserMessage m -> {
        turns.add(turn("user", ahead + MessageText.of(m)));
        ahead = "";
      }
      case AiMessage m -> turns.add(assistant(m));
      case ToolExecutionResultMessage m -> turns.add(result(m));
      default ->
          throw new UnsupportedFeatureException(
              "message: expected a system, user, assistant or tool result message, found "
                  + message.type());
    }
  }

  private Map<String, Object> assistant(AiMessage message) {
    String text = message.text() == null ? "" : message.text();
    List<ToolExecutionRequest> requests = message.toolExecutionRequests();
    if (!requests.isEmpty() && !skills.hasCalls()) {
      return turn("assistant", text + inWords(requests));
    }
    Map<String, Object> turn = turn("assistant", text);
    if (message.thinking() != null) {
      turn.put("reasoning_content", message.thinking());
    }
    if (!requests.isEmpty()) {
      List<Map<String, Object>> calls = new ArrayList<>();
      for (ToolExecutionRequest request : requests) {
        Map<String, Object> function = new LinkedHashMap<>();
        function.put("name", request.name());
        function.put("arguments", skills.parsesArguments() ? parsed(request) : request.arguments());
        Map<String, Object> call = new LinkedHashMap<>();
        call.put("id", id(request.id()));
        call.put("type", "function");
        call.put("function", function);
        calls.add(call);
      }
      turn.put("tool_calls", calls);
    }
    return turn;
  }

  private String inWords(List<ToolExecutionRequest> requests) {
    StringBuilder text = new StringBuilder(shape.trigger()).append(shape.open());
    for (int i = 0; i < requests.size(); i++) {
      boolean isRepeated = i > 0 && shape.atStart(); // each begins like the first
      text.append(isRepeated ? "\n" + shape.trigger() : i > 0 ? shape.separator() : "")
          .append(shape.before())
          .append(requests.get(i).name())
          .append(shape.between())
          .append(shape.written(requests.get(i).arguments()))
          .append(shape.after());
    }
    return text.append(shape.close()).toString();
  }

  private Map<String, Object> result(ToolExecutionResultMessage message) {
    String text = MessageText.of(message);
    if (!skills.hasCalls()) {
      boolean isCode = shape.arguments() == CallShape.Arguments.PYTHON;
      return turn(
          "user",
          isCode
              ? "```tool_output\n" + text + "\n```"
              : "Result of " + message.toolName() + ": " + text);
    }
    Map<String, Object> turn = turn("tool", text);
    turn.put("name", message.toolName());
    turn.put("tool_call_id", id(message.id()));
    return turn;
  }

  /** Nine letters and digits, as some templates insist on. */
  private static String id(@org.jspecify.annotations.Nullable String id) {
    String given = id == null ? "" : id;
    boolean fits = given.length() == 9 && given.chars().allMatch(Character::isLetterOrDigit);
    return fits ? given : "call" + (10_000 + Math.floorMod(given.hashCode(), 90_000));
  }

  private static Object parsed(ToolExecutionRequest request) {
    try {
      Object parsed = JSON.readValue(request.arguments(), Object.class);
      return parsed == null ? Map.of() : parsed;
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return request.arguments() == null ? Map.of() : request.arguments();
    }
  }

  static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("tool: expected a schema that JSON can say", e);
    }
  }
}
