package dev.zhixing.samples.cli;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.zhixing.agent.Agent;
import dev.zhixing.agent.AgentBuilder;
import dev.zhixing.agent.Memory;
import dev.zhixing.agent.Toolbox;
import dev.zhixing.planner.react.ReActPlanner;
import java.util.function.Predicate;

/**
 * Puts the modules together into an agent. What is slow to start (the index, the sandbox) starts
 * when it is first used.
 */
final class Assembly {

  private final RunnableTools tools;

  /** Keeps state in {@code directories}. */
  Assembly(Directories directories) {
    tools = new RunnableTools(directories);
  }

  /**
   * An agent with its planner and its guardrails, still without tools.
   *
   * @param approved tells from a tool's name whether a person approved its calls beforehand
   */
  AgentBuilder agent(StreamingChatModel model, Predicate<String> approved) {
    return Agent.builder().model(model).planner(new ReActPlanner());
  }

  /** The memory of the agent's conversations. */
  Memory memory() {
    return Memory.NONE;
  }

  /** The tools that really run here. */
  Toolbox tools() {
    return tools.toolbox();
  }
}
