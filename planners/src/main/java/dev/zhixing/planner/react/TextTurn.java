package dev.zhixing.planner.react;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.zhixing.agent.prompt.SpokenJson;
import dev.zhixing.planner.dialogue.FinalAnswer;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a model wrote in the text protocol: labels in any case, in English or Chinese, with or
 * without emphasis; a call as {@code Action: NAME} with {@code Action Input: …}, or in one line as
 * {@code Action: NAME(…)} or {@code NAME[…]}. Only what comes before an invented {@code
 * Observation:} counts.
 */
sealed interface TextTurn {

  /** An answer. */
  record Answer(String text) implements TextTurn {}

  /**
   * A call.
   *
   * @param arguments JSON, or whatever the model wrote
   */
  record Call(String tool, String arguments) implements TextTurn {}

  /** Neither. */
  record Neither() implements TextTurn {}

  Pattern OBSERVATION = label("observation|观察结果|观察");
  Pattern ACTION = label("action|行动|动作");
  Pattern INPUT = label("action\\s*input|行动输入|动作输入|输入");
  Pattern ONE_LINE = Pattern.compile("(?s)([\\w.-]+)\\s*[(\\[](.*)[)\\]]\\s*");
  Pattern NAME = Pattern.compile("[\\w.-]+");
  JsonMapper JSON = new JsonMapper();

  /** Reads a reply. */
  static TextTurn read(String reply, List<ToolSpecification> tools) {
    Matcher invented = OBSERVATION.matcher(reply);
    String own = invented.find() ? reply.substring(0, invented.start()) : reply;
    Matcher action = ACTION.matcher(own);
    boolean acts = action.find();
    Optional<String> answer = FinalAnswer.in(own);
    if (answer.isPresent() && (!acts || FinalAnswer.start(own) < action.start())) {
      return new Answer(answer.get());
    }
    return acts ? call(own.substring(action.end()), tools) : new Neither();
  }

  private static TextTurn call(String text, List<ToolSpecification> tools) {
    String own = text.substring(0, FinalAnswer.start(text));
    Matcher input = INPUT.matcher(own);
    boolean hasInput = input.find();
    String named = unquoted(hasInput ? own.substring(0, input.start()) : own);
    Matcher oneLine = ONE_LINE.matcher(named);
    if (!hasInput && oneLine.matches()) {
      return new Call(oneLine.group(1), arguments(oneLine.group(1), oneLine.group(2), tools));
    }
    Matcher name = NAME.matcher(named);
    if (!name.find()) {
      return new Neither();
    }
    String written = hasInput ? own.substring(input.end()) : named.substring(name.end());
    return new Call(name.group(), arguments(name.group(), written, tools));
  }

  /** A JSON object as it is; anything else becomes the only parameter, where there is one. */
  private static String arguments(String tool, String written, List<ToolSpecification> tools) {
    Optional<JsonNode> object = SpokenJson.object(written);
    if (object.isPresent()) {
      return object.get().toString();
    }
    String text = unquoted(written);
    if (text.isEmpty()) {
      return "{}";
    }
    return only(tool, tools)
        .map(parameter -> JSON.createObjectNode().set(parameter, value(text)).toString())
        .orElse(text);
  }

  private static Optional<String> only(String tool, List<ToolSpecification> tools) {
    return tools.stream()
        .filter(t -> t.name().equals(tool) && t.parameters() != null)
        .map(t -> t.parameters())
        .map(p -> p.required().size() == 1 ? p.required() : List.copyOf(p.properties().keySet()))
        .filter(names -> names.size() == 1)
        .map(List::getFirst)
        .findFirst();
  }

  /** A number or a truth value as such, else text. */
  private static JsonNode value(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      if (node.isNumber() || node.isBoolean()) {
        return node;
      }
    } catch (JsonProcessingException e) {
      return JSON.getNodeFactory().textNode(text); // not JSON, so text
    }
    return JSON.getNodeFactory().textNode(text);
  }

  private static String unquoted(String text) {
    String plain = text.strip().replaceAll("^```\\w*\\s*|\\s*```$", "");
    return plain.replaceAll("^[\"'`*]+|[\"'`*]+$", "").strip();
  }

  private static Pattern label(String names) {
    return Pattern.compile("(?im)^[\\s>*_#]*(?:" + names + ")[\\s*_]*[:：][\\s*_]*");
  }
}
