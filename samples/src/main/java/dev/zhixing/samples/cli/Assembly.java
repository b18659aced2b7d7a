package dev.zhixing.samples.cli;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.zhixing.agent.Agent;
import dev.zhixing.agent.AgentBuilder;
import dev.zhixing.agent.Guardrail;
import dev.zhixing.agent.Planner;
import dev.zhixing.agent.Toolbox;
import dev.zhixing.agent.ToolboxBuilder;
import dev.zhixing.agent.guardrail.ApprovalRail;
import dev.zhixing.agent.guardrail.HarmfulRequestRail;
import dev.zhixing.memory.FactStore;
import dev.zhixing.memory.MemoryTools;
import dev.zhixing.tool.StandardTools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts the modules together into an agent. What is slow to start (the index, the sandbox) starts
 * when it is first used.
 */
final class Assembly {

  /** Tools of the shop that a person must approve, whatever runs them. */
  private static final String[] ASK_BEFORE = {"request_refund", "cancel_order"};

  private static final Clock CLOCK = Clock.system(ZoneId.systemDefault());

  private final Directories directories;
  private final @Nullable Path documents;
  private final Guardrail harmfulRequests = new HarmfulRequestRail(); // reads its rules once

  /**
   * Keeps state in {@code directories}; offers a search of {@code documents}, a folder, if there
   * are any.
   */
  Assembly(Directories directories, @Nullable Path documents) {
    if (documents != null && !Files.isDirectory(documents)) {
      throw new IllegalArgumentException(
          documents + ": expected a folder of documents, found none; is the path right?");
    }
    this.directories = directories;
    this.documents = documents;
  }

  /** The planners by the names that users give them, the first being the usual one. */
  static SequencedMap<String, Supplier<Planner>> planners() {
    SequencedMap<String, Supplier<Planner>> planners = new LinkedHashMap<>();
    for (PlannerChoice choice : PlannerChoice.values()) {
      planners.put(choice.toString(), choice::planner);
    }
    return planners;
  }

  /** What a person is asked about where nobody says otherwise: what cannot be taken back. */
  static Guardrail usualApprovals() {
    return new ApprovalRail(ASK_BEFORE);
  }

  /** An agent with the usual planner and the usual approvals. */
  AgentBuilder agent(StreamingChatModel model) {
    return agent(model, planners().firstEntry().getValue().get(), usualApprovals());
  }

  /**
   * An agent with its planner and its guardrails, still without tools.
   *
   * @param approvals wants a person's approval of calls
   */
  AgentBuilder agent(StreamingChatModel model, Planner planner, Guardrail approvals) {
    return Agent.builder()
        .model(model)
        .planner(planner)
        .guardrail(harmfulRequests)
        .guardrail(approvals);
  }

  /** The tools that do their work here. */
  Toolbox tools() {
    ToolboxBuilder tools = Toolbox.builder();
    standardTools().addTo(tools);
    return memoryTools().addTo(tools).build();
  }

  /** Those, and the ones that only say what they lack. */
  Toolbox allTools() {
    ToolboxBuilder tools = Toolbox.builder();
    StandardTools standard = standardTools();
    standard.addTo(tools, standard.names());
    return memoryTools().addTo(tools).build();
  }

  private MemoryTools memoryTools() {
    return new MemoryTools(new FactStore(directories.memories(), CLOCK));
  }

  private StandardTools standardTools() {
    StandardTools.Builder tools = StandardTools.builder(CLOCK).home(directories.homeState());
    if (documents != null) {
      Path folder = documents.toAbsolutePath().normalize();
      tools.documents(folder, directories.documentIndex(folder));
    }
    return tools.build();
  }
}
