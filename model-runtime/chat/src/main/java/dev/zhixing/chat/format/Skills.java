package dev.zhixing.chat.format;

import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.zhixing.chat.template.TemplateException;
import java.util.List;
import java.util.Map;

/**
 * What a template can say; what it can't is said in words within the other messages.
 *
 * @param hasSystem whether it knows system messages
 * @param hasTools whether it lists the tools on offer
 * @param hasCalls whether it knows calls and their results
 * @param parsesArguments whether it takes a call's arguments as a structure, rather than as text
 */
record Skills(boolean hasSystem, boolean hasTools, boolean hasCalls, boolean parsesArguments) {
  static final Skills ALL = new Skills(true, true, true, true);

  @FunctionalInterface
  interface Trial {
    String render(List<Map<String, Object>> turns, List<Map<String, Object>> tools);
  }

  static Skills of(Trial trial) {
    List<Map<String, Object>> tools = List.of(Turns.tool("zxtool", "zxdescription", Map.of()));
    List<Map<String, Object>> hello =
        Turns.of(List.of(UserMessage.from("zxuser")), List.of(), ALL, CallShape.HERMES);
    boolean hasSystem =
        says(
            trial,
            Turns.of(
                List.of(SystemMessage.from("zxsystem"), UserMessage.from("zxuser")),
                List.of(),
                ALL,
                CallShape.HERMES),
            List.of(),
            "zxsystem");
    boolean hasTools = says(trial, hello, tools, "zxtool");
    boolean parsed = saysCalls(trial, true, tools);
    return new Skills(hasSystem, hasTools, parsed || saysCalls(trial, false, tools), parsed);
  }

  private static boolean saysCalls(
      Trial trial, boolean parsesArguments, List<Map<String, Object>> tools) {
    List<Map<String, Object>> turns =
        Turns.of(
            TemplateFormat.trial(),
            List.of(),
            new Skills(true, true, true, parsesArguments),
            CallShape.HERMES);
    return says(trial, turns, tools, "zxtool", "zxa", "zxresult");
  }

  private static boolean says(
      Trial trial,
      List<Map<String, Object>> turns,
      List<Map<String, Object>> tools,
      String... wanted) {
    try {
      String text = trial.render(turns, tools);
      for (String word : wanted) {
        if (!text.contains(word)) {
          return false;
        }
      }
      return !text.contains("{\\\"zxa");
    } catch (TemplateException e) {
      return false;
    }
  }
}
