package dev.zhixing.tool;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.zhixing.agent.ToolboxBuilder;
import dev.zhixing.tool.calculator.Expression;
import dev.zhixing.tool.code.JavaScript;
import dev.zhixing.tool.code.Limits;
import dev.zhixing.tool.home.Home;
import dev.zhixing.tool.search.DocumentSearch;
import dev.zhixing.tool.search.WebSearch;
import dev.zhixing.tool.time.CurrentTime;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The tools of this module that run: {@code calculator}, {@code web_search}, {@code run_code},
 * {@code current_time}, and where they are given a home and documents, the home's six tools and
 * {@code search_documents}. Building one reads no file and starts nothing; the sandbox and the
 * index are loaded by their first call. Immutable; the tools are safe for all threads.
 *
 * <p>Effects: what looks or computes is READ, {@code run_code} too, because a program in the
 * sandbox can change nothing outside it; what changes the home is WRITE, since all of it can be
 * taken back.
 *
 * <pre>{@code
 * ToolboxBuilder builder = Toolbox.builder();
 * StandardTools.builder(Clock.systemDefaultZone()).home(file).build().addTo(builder);
 * }</pre>
 */
public final class StandardTools {

  private static final JsonMapper JSON = new JsonMapper();

  private final ToolCatalog catalog = ToolCatalog.standard();
  private final Map<String, ToolExecutor> executors;
  private final boolean webSearchRuns;

  private StandardTools(Map<String, ToolExecutor> executors, boolean webSearchRuns) {
    this.executors = Collections.unmodifiableMap(new LinkedHashMap<>(executors));
    this.webSearchRuns = webSearchRuns;
  }

  /** Tools to be completed; {@code clock} tells the time and the zone where none is asked for. */
  public static Builder builder(Clock clock) {
    return new Builder(clock);
  }

  /** All names, in the catalogue's order. */
  public List<String> names() {
    return catalog.names().stream().filter(executors::containsKey).toList();
  }

  /** The names of the tools that do their work: all but {@code web_search} without an engine. */
  public List<String> running() {
    var running = new ArrayList<>(names());
    if (!webSearchRuns) {
      running.remove("web_search");
    }
    return List.copyOf(running);
  }

  /** What the model sees of a tool. */
  public ToolSpecification specification(String name) {
    return catalog.get(name);
  }

  /**
   * What runs a tool. It throws where the tool fails; the message is written for the model.
   *
   * @throws IllegalArgumentException if none of these tools has this name
   */
  public ToolExecutor executor(String name) {
    ToolExecutor executor = executors.get(name);
    if (executor == null) {
      throw new IllegalArgumentException(
          "tool '" + name + "' does not run here; these do: " + String.join(", ", names()));
    }
    return executor;
  }

  /** Adds the tools that do their work to a toolbox. */
  public ToolboxBuilder addTo(ToolboxBuilder toolbox) {
    return addTo(toolbox, running());
  }

  /** Adds the tools of these names to a toolbox. */
  public ToolboxBuilder addTo(ToolboxBuilder toolbox, Collection<String> names) {
    for (String name : names) {
      toolbox.add(catalog.get(name), executor(name), catalog.effect(name));
    }
    return toolbox;
  }

  /** Completes the tools. */
  public static final class Builder {

    private final Clock clock;
    private WebSearch webSearch = WebSearch.notConfigured();
    private Limits codeLimits = Limits.STANDARD;
    private @Nullable Home home;
    private @Nullable DocumentSearch documents;

    private Builder(Clock clock) {
      this.clock = clock;
    }

    /** Adds the tools of the home whose state is in {@code file}. */
    public Builder home(Path file) {
      home = new Home(file, clock);
      return this;
    }

    /** Adds {@code search_documents} for {@code folder}, with its index in {@code indexFolder}. */
    public Builder documents(Path folder, Path indexFolder) {
      documents = new DocumentSearch(folder, indexFolder);
      return this;
    }

    /** Gives {@code web_search} an engine. */
    public Builder webSearch(WebSearch search) {
      webSearch = search;
      return this;
    }

    /** Limits the programs of {@code run_code}; {@link Limits#STANDARD} if not set. */
    public Builder codeLimits(Limits limits) {
      codeLimits = limits;
      return this;
    }

    /** The tools. */
    public StandardTools build() {
      var executors = new LinkedHashMap<String, ToolExecutor>();
      var time = new CurrentTime(clock);
      var code = new JavaScript(codeLimits);
      put(executors, "calculator", call -> calculate(call.text("expression")));
      put(executors, "web_search", call -> webSearch.search(call.text("query")));
      put(executors, "run_code", call -> printed(code.run(call.text("code"))));
      put(executors, "current_time", call -> time.in(call.optionalText("zone")));
      if (home != null) {
        putHome(executors, home);
      }
      if (documents != null) {
        DocumentSearch search = documents;
        put(executors, "search_documents", call -> search.search(call.text("query")));
      }
      return new StandardTools(executors, webSearch.isConfigured());
    }

    private static void putHome(Map<String, ToolExecutor> executors, Home home) {
      put(
          executors,
          "set_light",
          call ->
              home.setLight(
                  call.text("room"), call.text("state"), call.optionalInteger("brightness")));
      put(
          executors,
          "set_thermostat",
          call -> home.setThermostat(call.text("room"), call.number("celsius")));
      put(executors, "get_sensor", call -> home.getSensor(call.text("room"), call.text("kind")));
      put(executors, "set_lock", call -> home.setLock(call.text("door"), call.flag("locked")));
      put(
          executors,
          "set_curtain",
          call -> home.setCurtain(call.text("room"), call.text("position")));
      put(
          executors,
          "set_timer",
          call -> home.setTimer(call.number("minutes"), call.optionalText("label")));
    }

    private static void put(
        Map<String, ToolExecutor> executors, String name, Function<CallArguments, String> run) {
      executors.put(
          name, (request, memoryId) -> run.apply(CallArguments.parse(request.arguments())));
    }

    private static String calculate(String expression) {
      return Expression.evaluate(expression).toPlainString();
    }

    private static String printed(JavaScript.Printed printed) {
      var answer = JSON.createObjectNode().put("stdout", printed.stdout());
      if (!printed.stderr().isEmpty()) {
        answer.put("stderr", printed.stderr());
      }
      if (printed.stdout().isEmpty() && printed.stderr().isEmpty()) {
        answer.put("note", "nothing was printed; print results with console.log");
      }
      return answer.toString();
    }
  }
}
