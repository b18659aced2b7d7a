package dev.zhixing.samples.eval;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A call that must happen.
 *
 * @param tool the tool's name
 * @param arguments what each argument must be; one that is not named here must be absent
 */
public record ExpectedCall(String tool, Map<String, ArgumentMatcher> arguments) {

  public ExpectedCall {
    arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
  }

  static ExpectedCall parse(JsonNode call) {
    JsonNode tool = call.path("tool");
    if (!tool.isTextual()) {
      throw new IllegalArgumentException(
          "expect.calls: expected {\"tool\": \"NAME\", \"arguments\": {…}}, found " + call);
    }
    Map<String, ArgumentMatcher> arguments = new LinkedHashMap<>();
    call.path("arguments")
        .properties()
        .forEach(a -> arguments.put(a.getKey(), ArgumentMatcher.parse(a.getValue())));
    return new ExpectedCall(tool.textValue(), arguments);
  }

  /** Whether {@code call} is this call: the same tool, every argument as expected, and no other. */
  public boolean matches(MadeCall call) {
    if (!call.tool().equals(tool)) {
      return false;
    }
    for (var argument : call.arguments().properties()) {
      if (!arguments.containsKey(argument.getKey()) && !argument.getValue().isNull()) {
        return false;
      }
    }
    return arguments.entrySet().stream()
        .allMatch(a -> a.getValue().matches(call.arguments().get(a.getKey())));
  }
}
