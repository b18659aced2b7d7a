package dev.zhixing.agent;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The loop of an {@link Agent}: opens a run, does action after action as a planner decides, ends
 * it. Immutable, safe for all threads.
 */
final class AgentLoop {
  private final Toolbox toolbox;
  private final MemoryCaller memory;
  private final Rails rails;
  private final ModelCaller models;
  private final @Nullable Approver approver;

  /** What runs a run's calls, and its end where it ended before it began. */
  private record Start(ToolCaller tools, Optional<RunResult> end) {}

  AgentLoop(AgentBuilder from, List<ModelPort> models) {
    toolbox = from.toolbox;
    memory = new MemoryCaller(from.memory);
    rails = new Rails(from.guardrails);
    this.models = new ModelCaller(from, models);
    approver = from.approver;
  }

  /** Drives {@code run}, of which {@code first} is already known, to its end. */
  RunResult drive(Run run, Planner by, List<JournalEntry> first) {
    RunResult result;
    try {
      first.forEach(run::record);
      result = loop(run, by);
      memory.record(run, result);
    } catch (RuntimeException e) {
      result = RunResult.Failed.itself(run, e);
    }
    return result;
  }

  private RunResult loop(Run run, Planner by) {
    Start start = run.state().opened() ? goOn(run) : open(run);
    try (ToolCaller tools = start.tools()) {
      Optional<RunResult> end = start.end();
      while (end.isEmpty()) {
        Action action = by.next(run);
        end = run.stopsBefore(action).or(() -> act(run, tools, action));
      }
      return end.get();
    }
  }

  private Optional<RunResult> act(Run run, ToolCaller tools, Action action) {
    return switch (action) {
      case Action.AskModel ask -> models.ask(run, ask, tools.early());
      case Action.CallTools calls -> tools.call(calls);
      case Action.Finish(String answer) -> Optional.of(finish(run, answer));
    };
  }

  private Start open(Run run) {
    List<ChatMessage> history = run.messages();
    Rails.Judgement input = rails.onInput(run, history);
    List<ChatMessage> opening = new ArrayList<>(memory.recall(run, input.text(), history));
    opening.add(UserMessage.from(input.text()));
    Toolbox offered = offered(run, input.text(), opening);
    Optional<RunResult> refusal = input.refusal(run);
    run.open(
        new JournalEntry.Opened(input.text(), opening, offered.specifications()),
        refusal.isEmpty());
    return new Start(caller(run, offered), refusal);
  }

  /** First ends the step in which the run was interrupted, whatever is left of the budget. */
  private Start goOn(Run run) {
    ToolCaller tools = caller(run, offered(run, run.request(), run.messages()));
    return new Start(tools, run.unfinished().flatMap(tools::call));
  }

  private ToolCaller caller(Run run, Toolbox offered) {
    return new ToolCaller(run, offered, rails, approver);
  }

  private Toolbox offered(Run run, String request, List<ChatMessage> messages) {
    return toolbox.resolve(UserMessage.from(request), run.begun().conversation(), messages);
  }

  private RunResult finish(Run run, String answer) {
    if (answer.isBlank()) {
      return new RunResult.Failed(run, "the model gave neither an answer nor a tool call", null);
    }
    Rails.Judgement output = rails.onOutput(run, answer);
    return output.refusal(run).orElseGet(() -> new RunResult.Answered(run, output.text()));
  }
}
