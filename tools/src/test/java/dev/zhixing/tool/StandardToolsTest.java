package dev.zhixing.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.web.search.WebSearchEngine;
import dev.langchain4j.web.search.WebSearchInformationResult;
import dev.langchain4j.web.search.WebSearchOrganicResult;
import dev.langchain4j.web.search.WebSearchResults;
import dev.zhixing.agent.Effect;
import dev.zhixing.agent.Observation;
import dev.zhixing.agent.Toolbox;
import dev.zhixing.tool.search.WebSearch;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StandardToolsTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2025-06-01T12:00:00Z"), ZoneOffset.UTC);

  @TempDir Path folder;

  @Test
  void runsEveryToolThroughAToolbox() throws IOException {
    Files.createDirectories(folder.resolve("docs"));
    Files.writeString(folder.resolve("docs/shop.md"), "# Opening hours\nWe open at nine.");
    var tools = all().build();
    Toolbox box = tools.addTo(Toolbox.builder()).build();

    assertThat(tools.running())
        .containsExactly(
            "calculator",
            "search_documents",
            "run_code",
            "current_time",
            "set_light",
            "set_thermostat",
            "get_sensor",
            "set_lock",
            "set_curtain",
            "set_timer");
    assertThat(text(box, "calculator", "{\"expression\":\"17% * 2350\"}")).isEqualTo("399.5");
    assertThat(text(box, "current_time", "{}")).contains("2025-06-01 12:00");
    assertThat(text(box, "run_code", "{\"code\":\"console.log(6*7)\"}"))
        .isEqualTo("{\"stdout\":\"42\\n\"}");
    assertThat(text(box, "run_code", "{\"code\":\"6*7\"}")).contains("console.log");
    assertThat(text(box, "search_documents", "{\"query\":\"when do you open\"}"))
        .isEqualTo(
            "{\"results\":[{\"file\":\"shop.md\",\"heading\":\"Opening hours\","
                + "\"text\":\"We open at nine.\"}]}");
    assertThat(text(box, "set_light", "{\"room\":\"study\",\"state\":\"on\",\"brightness\":40}"))
        .isEqualTo("{\"ok\":true,\"room\":\"study\",\"state\":\"on\",\"brightness\":40}");
    assertThat(text(box, "set_thermostat", "{\"room\":\"study\",\"celsius\":21.5}"))
        .isEqualTo("{\"ok\":true,\"room\":\"study\",\"celsius\":21.5}");
    assertThat(text(box, "set_lock", "{\"door\":\"front\",\"locked\":false}"))
        .isEqualTo("{\"ok\":true,\"door\":\"front\",\"locked\":false}");
    assertThat(text(box, "set_curtain", "{\"room\":\"study\",\"position\":\"half\"}"))
        .isEqualTo("{\"ok\":true,\"room\":\"study\",\"position\":\"half\"}");
    assertThat(text(box, "set_timer", "{\"minutes\":10,\"label\":null}"))
        .isEqualTo("{\"ok\":true,\"minutes\":10,\"ends\":\"2025-06-01 12:10\"}");
    assertThat(text(box, "get_sensor", "{\"room\":\"study\",\"kind\":\"motion\"}"))
        .contains("\"value\":true");
  }

  @Test
  void tellsTheModelItsMistakes() {
    Toolbox box = all().build().addTo(Toolbox.builder()).build();

    assertThat(failure(box, "calculator", "{\"expression\":\"5/0\"}"))
        .contains("division by zero (at position 2)");
    assertThat(failure(box, "set_light", "{\"room\":\"study\",\"state\":\"on\",\"brightness\":0}"))
        .contains("brightness", "1..100");
    assertThat(failure(box, "set_light", "{\"room\":\"attic\",\"state\":\"on\"}"))
        .contains("living_room");
    assertThat(failure(box, "run_code", "{\"code\":\"foo()\"}")).contains("foo is not defined");
    assertThat(failure(box, "search_documents", "{\"query\":\"x\"}"))
        .contains("expected a folder with documents");
  }

  @Test
  void saysHowToConfigureWebSearchAndSearchesOnceThatIsDone() {
    var without = all().build();
    var with = all().webSearch(WebSearch.with(engine())).build();
    Toolbox box = without.addTo(Toolbox.builder(), List.of("web_search")).build();
    Toolbox configured = with.addTo(Toolbox.builder()).build();

    assertThat(failure(box, "web_search", "{\"query\":\"x\"}"))
        .contains("web search is not configured", "WebSearchEngine");
    assertThat(text(configured, "web_search", "{\"query\":\"tower\"}"))
        .isEqualTo(
            "{\"results\":[{\"title\":\"Tower\",\"url\":\"https://example.org/\","
                + "\"snippet\":\"about tower\"}]}");
  }

  @Test
  void marksEffects() {
    Toolbox box = all().build().addTo(Toolbox.builder()).build();

    assertThat(box.effect("run_code")).contains(Effect.READ);
    assertThat(box.effect("set_lock")).contains(Effect.WRITE);
    assertThat(ToolCatalog.standard().effect("cancel_order")).isEqualTo(Effect.DANGEROUS);
    assertThat(ToolCatalog.standard().effect("request_refund")).isEqualTo(Effect.DANGEROUS);
    assertThat(ToolCatalog.standard().effect("recall")).isEqualTo(Effect.READ);
  }

  @Test
  void namesTheToolsThatRunWhenAskedForAnother() {
    assertThatThrownBy(() -> all().build().executor("lookup_order"))
        .hasMessageStartingWith("tool 'lookup_order' does not run here; these do: calculator");
  }

  private StandardTools.Builder all() {
    return StandardTools.builder(CLOCK)
        .home(folder.resolve("home.json"))
        .documents(folder.resolve("docs"), folder.resolve("index"));
  }

  private static WebSearchEngine engine() {
    return request ->
        WebSearchResults.from(
            WebSearchInformationResult.from(1L),
            List.of(
                WebSearchOrganicResult.from(
                    "Tower",
                    URI.create("https://example.org/"),
                    "about " + request.searchTerms(),
                    null)));
  }

  private static String text(Toolbox box, String tool, String arguments) {
    Observation observation = box.call(tool, arguments);
    assertThat(observation).isInstanceOf(Observation.Success.class);
    return observation.text();
  }

  private static String failure(Toolbox box, String tool, String arguments) {
    Observation observation = box.call(tool, arguments);
    assertThat(observation).isInstanceOf(Observation.Failure.class);
    return observation.text();
  }
}
