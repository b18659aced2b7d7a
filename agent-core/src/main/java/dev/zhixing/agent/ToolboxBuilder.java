package dev.zhixing.agent;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.agent.tool.ToolSpecifications;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.service.tool.DefaultToolExecutor;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolProvider;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Fills a {@link Toolbox}. Limits hold for the tools that are added after they are set. */
public final class ToolboxBuilder {
  private final Map<String, Tool> tools = new LinkedHashMap<>();
  private final List<Toolbox.Provider> providers = new ArrayList<>();
  private Duration timeLimit = Duration.ofSeconds(30);
  private int outputLimit = 16_000;
  private @Nullable ToolSelection selection;

  ToolboxBuilder() {}

  /** How long a call may take; 30 s if not set. */
  public ToolboxBuilder timeLimit(Duration limit) {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("timeLimit: expected more than 0, found " + limit);
    }
    timeLimit = limit;
    return this;
  }

  /**
   * How many characters of a result the model reads, the rest is cut and the cut marked; 16,000 if
   * not set.
   */
  public ToolboxBuilder outputLimit(int characters) {
    if (characters < 1) {
      throw new IllegalArgumentException("outputLimit: expected at least 1, found " + characters);
    }
    outputLimit = characters;
    return this;
  }

  /**
   * The {@code @Tool} methods of {@code object} by name, with the effects that {@link ToolEffect}
   * gives, else WRITE.
   */
  public ToolboxBuilder add(Object object) {
    List<Method> methods =
        Arrays.stream(object.getClass().getDeclaredMethods())
            .filter(m -> m.isAnnotationPresent(dev.langchain4j.agent.tool.Tool.class))
            .sorted(Comparator.comparing(Method::getName).thenComparing(Method::toString))
            .toList();
    if (methods.isEmpty()) {
      throw new IllegalArgumentException(
          object.getClass().getName() + ": expected methods annotated with @Tool, found none");
    }
    for (Method method : methods) {
      ToolEffect effect = method.getAnnotation(ToolEffect.class);
      ToolExecutor executor =
          DefaultToolExecutor.builder()
              .object(object)
              .originalMethod(method)
              .methodToInvoke(method)
              .wrapToolArgumentsExceptions(true)
              .propagateToolExecutionExceptions(true)
              .build();
      add(
          ToolSpecifications.toolSpecificationFrom(method),
          executor,
          effect == null ? Effect.WRITE : effect.value());
    }
    return this;
  }

  /** A tool from its specification and what runs it. */
  public ToolboxBuilder add(ToolSpecification specification, ToolExecutor executor, Effect effect) {
    Tool tool = Tool.of(specification, executor, effect, timeLimit, outputLimit);
    if (tools.putIfAbsent(specification.name(), tool) != null) {
      throw new IllegalArgumentException(
          "tool " + specification.name() + ": expected one of that name, found two");
    }
    return this;
  }

  /** Tools that {@code provider} gives anew for each run, all with {@code effect}. */
  public ToolboxBuilder add(ToolProvider provider, Effect effect) {
    providers.add(new Toolbox.Provider(provider, effect, timeLimit, outputLimit));
    return this;
  }

  /**
   * Offers each request at most so many of the tools, those whose descriptions are nearest to it in
   * meaning; all of them if not set. Where the tools change from request to request, a local model
   * reads them anew.
   *
   * @param most 1 or more
   * @param model tells what is near; it must know the languages of descriptions and requests
   */
  public ToolboxBuilder offerNearest(int most, EmbeddingModel model) {
    if (most < 1) {
      throw new IllegalArgumentException("offerNearest: expected at least 1, found " + most);
    }
    selection = new ToolSelection(model, most);
    return this;
  }

  /** Gives the tool {@code name}, already added, another effect. */
  public ToolboxBuilder effect(String name, Effect effect) {
    Tool tool = added(name);
    tools.put(name, tool.with(effect, tool.timeLimit()));
    return this;
  }

  /** Gives the tool {@code name}, already added, another time limit. */
  public ToolboxBuilder timeLimit(String name, Duration limit) {
    Tool tool = added(name);
    tools.put(name, tool.with(tool.effect(), limit));
    return this;
  }

  /**
   * Declares that running a call of the tool {@code name}, already added, twice does the same as
   * once, so that a resumed run may repeat a call whose result was lost. The call has the same id
   * both times.
   */
  public ToolboxBuilder idempotent(String name) {
    Tool tool = added(name);
    tools.put(name, tool.with(true, tool.check()));
    return this;
  }

  /**
   * Says how a resumed run finds out whether a call of the tool {@code name}, already added, was
   * done, where its result was lost.
   */
  public ToolboxBuilder check(String name, CallCheck check) {
    Tool tool = added(name);
    tools.put(name, tool.with(tool.idempotent(), check));
    return this;
  }

  /** The toolbox. */
  public Toolbox build() {
    return new Toolbox(tools, providers, Optional.ofNullable(selection));
  }

  private Tool added(String name) {
    Tool tool = tools.get(name);
    if (tool == null) {
      throw new IllegalArgumentException(
          "tool " + name + ": expected one of " + tools.keySet() + "; add it first");
    }
    return tool;
  }
}
