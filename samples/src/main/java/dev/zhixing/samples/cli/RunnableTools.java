package dev.zhixing.samples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.zhixing.agent.Effect;
import dev.zhixing.agent.Toolbox;
import dev.zhixing.agent.ToolboxBuilder;
import dev.zhixing.tool.ToolCatalog;
import dev.zhixing.tool.calculator.Expression;
import dev.zhixing.tool.home.Home;
import dev.zhixing.tool.time.CurrentTime;
import java.time.Clock;
import java.time.ZoneId;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The tools of the catalogue that really run on this machine. */
final class RunnableTools {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final Clock clock = Clock.system(ZoneId.systemDefault());
  private final ToolCatalog catalog = ToolCatalog.standard();
  private final Home home;

  RunnableTools(Directories directories) {
    home = new Home(directories.homeState(), clock);
  }

  /** All of them. */
  Toolbox toolbox() {
    ToolboxBuilder tools = Toolbox.builder();
    CurrentTime time = new CurrentTime(clock);
    add(
        tools,
        "calculator",
        Effect.READ,
        a -> Expression.evaluate(a.path("expression").asText()).toPlainString());
    add(tools, "current_time", Effect.READ, a -> time.in(text(a, "zone")));
    addHome(tools);
    return tools.build();
  }

  private void addHome(ToolboxBuilder tools) {
    add(
        tools,
        "set_light",
        Effect.WRITE,
        a ->
            home.setLight(
                a.path("room").asText(),
                a.path("state").asText(),
                a.path("brightness").isNumber() ? a.path("brightness").intValue() : null));
    add(
        tools,
        "set_thermostat",
        Effect.WRITE,
        a -> home.setThermostat(a.path("room").asText(), a.path("celsius").decimalValue()));
    add(
        tools,
        "get_sensor",
        Effect.READ,
        a -> home.getSensor(a.path("room").asText(), a.path("kind").asText()));
    add(
        tools,
        "set_lock",
        Effect.WRITE,
        a -> home.setLock(a.path("door").asText(), a.path("locked").asBoolean()));
    add(
        tools,
        "set_curtain",
        Effect.WRITE,
        a -> home.setCurtain(a.path("room").asText(), a.path("position").asText()));
    add(
        tools,
        "set_timer",
        Effect.WRITE,
        a -> home.setTimer(a.path("minutes").decimalValue(), text(a, "label")));
  }

  private void add(
      ToolboxBuilder tools, String name, Effect effect, Function<JsonNode, String> run) {
    tools.add(
        catalog.get(name), (request, conversation) -> run.apply(json(request.arguments())), effect);
  }

  private static @Nullable String text(JsonNode arguments, String name) {
    JsonNode value = arguments.path(name);
    return value.isTextual() ? value.textValue() : null;
  }

  private static JsonNode json(String arguments) {
    try {
      return JSON.readTree(arguments);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("arguments: expected JSON, found " + arguments, e);
    }
  }
}
