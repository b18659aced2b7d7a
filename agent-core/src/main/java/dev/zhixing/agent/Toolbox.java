package dev.zhixing.agent;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The tools that an agent offers, each with its effect and its limits. Immutable; safe for all
 * threads as far as the tools are.
 */
public final class Toolbox {
  private static final Logger LOG = System.getLogger(Toolbox.class.getName());

  private final Map<String, Tool> tools;
  private final List<Provider> providers;
  private final Optional<ToolSelection> selection;

  /** A provider and what its tools are given. */
  record Provider(ToolProvider provider, Effect effect, Duration timeLimit, int outputLimit) {
    Tool tool(AiServiceTool given) {
      return Tool.of(
          given.toolSpecification(), given.toolExecutor(), effect, timeLimit, outputLimit);
    }
  }

  Toolbox(Map<String, Tool> tools, List<Provider> providers, Optional<ToolSelection> selection) {
    this.tools = new LinkedHashMap<>(tools);
    this.providers = List.copyOf(providers);
    this.selection = selection;
  }

  /** A toolbox to fill. */
  public static ToolboxBuilder builder() {
    return new ToolboxBuilder();
  }

  /** The tools of {@code objects}, each an object with {@code @Tool} methods. */
  public static Toolbox of(Object... objects) {
    ToolboxBuilder builder = builder();
    for (Object object : objects) {
      builder.add(object);
    }
    return builder.build();
  }

  /** The tools as the model sees them, without those of providers, which are asked in each run. */
  public List<ToolSpecification> specifications() {
    return tools.values().stream().map(Tool::specification).toList();
  }

  /** The effect of the tool {@code name}; empty if there is none of that name. */
  public Optional<Effect> effect(String name) {
    return Optional.ofNullable(tools.get(name)).map(Tool::effect);
  }

  /** Runs one tool outside of any run, as an agent would: arguments checked, within its limits. */
  public Observation call(String name, String arguments) {
    Run nowhere = Run.nowhere(Budget.STANDARD.withTime(Duration.ofDays(1)));
    ToolCall call = new ToolCall(UUID.randomUUID().toString(), name, arguments);
    return ToolRun.start(call, this, nowhere).await();
  }

  /** This toolbox with the tools that its providers give for a request, as far as they fit it. */
  Toolbox resolve(UserMessage request, String conversation, List<ChatMessage> messages) {
    Map<String, Tool> all = withProvided(request, conversation, messages);
    Map<String, Tool> offered = selection.map(by -> by.of(all, request.singleText())).orElse(all);
    return new Toolbox(offered, List.of(), Optional.empty());
  }

  private Map<String, Tool> withProvided(
      UserMessage request, String conversation, List<ChatMessage> messages) {
    Map<String, Tool> all = new LinkedHashMap<>(tools);
    ToolProviderRequest question =
        ToolProviderRequest.builder()
            .invocationContext(Tool.context(conversation))
            .userMessage(request)
            .messages(messages)
            .build();
    for (Provider each : providers) {
      for (AiServiceTool given : each.provider().provideTools(question).aiServiceTools()) {
        if (all.putIfAbsent(given.name(), each.tool(given)) != null) {
          LOG.log(
              Level.WARNING,
              "a provider's tool {0} is left out: there is one of that name",
              given.name());
        }
      }
    }
    return all;
  }

  /** The tool of {@code call}, or why it cannot be run. */
  Resolution find(ToolCall call) {
    Tool tool = tools.get(call.name());
    if (tool == null) {
      return new Resolution.Impossible(
          tools.isEmpty()
              ? "Unknown tool %s: there are no tools.".formatted(call.name())
              : "Unknown tool %s, should be one of: %s."
                  .formatted(call.name(), String.join(", ", tools.keySet())));
    }
    return Arguments.fault(call.name(), call.arguments(), tool.schema())
        .<Resolution>map(Resolution.Impossible::new)
        .orElseGet(() -> new Resolution.Found(tool));
  }

  /** Whether a call can be run. */
  sealed interface Resolution {
    record Found(Tool tool) implements Resolution {}

    record Impossible(String why) implements Resolution {}
  }
}
