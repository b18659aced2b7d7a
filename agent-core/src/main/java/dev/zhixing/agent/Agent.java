package dev.zhixing.agent;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Flow;

/**
 * Thinks, acts and observes until a request is answered: asks its {@link Planner} for the next
 * action, does it, adds it to the {@link Run}, and so on. Immutable, safe for all threads; what
 * grows is the run and the {@link Conversation}.
 */
public final class Agent {
  private final Planner planner;
  private final Toolbox toolbox;
  private final Memory memory;
  private final Budget budget;
  private final Optional<SystemMessage> system;
  private final AgentListener listener;
  private final Rails rails;
  private final ModelCaller models;
  private final ToolCaller tools;

  Agent(AgentBuilder from, List<ModelPort> models, Planner planner) {
    this.planner = planner;
    toolbox = from.toolbox;
    memory = from.memory;
    budget = from.budget;
    system = Optional.ofNullable(from.systemPrompt).map(SystemMessage::from);
    listener = from.listener;
    rails = new Rails(from.guardrails);
    this.models = new ModelCaller(from, models);
    tools = new ToolCaller(rails, from.approver);
  }

  /** An agent to set up. */
  public static AgentBuilder builder() {
    return new AgentBuilder();
  }

  /** Runs one request in a conversation of its own, on the calling thread. */
  public RunResult run(String request) {
    return converse().run(request);
  }

  /**
   * Runs one request whose answer is to be of a type, such as a record: when the planner finishes,
   * the model gives its answer once more as JSON of the type's schema. That counts in the budget.
   *
   * @throws IllegalArgumentException if no JSON schema can describe the type
   */
  public <T> TypedResult<T> run(String request, Class<T> type) {
    TypedAnswer<T> typed = new TypedAnswer<>(planner, type);
    return typed.of(new Conversation(this, typed, opening(List.of())).run(request));
  }

  /**
   * Publishes the events of a run of the request, which starts anew for each subscriber, on a
   * thread of its own. A slow subscriber slows the run down; one that cancels ends it.
   */
  public Flow.Publisher<AgentEvent> stream(String request) {
    return new RunPublisher(listener -> converse().start(request, listener));
  }

  /** A new conversation. */
  public Conversation converse() {
    return converse(List.of());
  }

  /** A conversation that goes on after {@code history}. */
  public Conversation converse(List<ChatMessage> history) {
    return new Conversation(this, planner, opening(history));
  }

  private List<ChatMessage> opening(List<ChatMessage> history) {
    List<ChatMessage> opening = new ArrayList<>(history);
    if (history.isEmpty() || !(history.getFirst() instanceof SystemMessage)) {
      system.ifPresent(opening::addFirst);
    }
    return opening;
  }

  Run newRun(String request, List<ChatMessage> history, AgentListener extra) {
    return new Run(request, history, budget, listener.and(extra));
  }

  /** Has {@code run} go from its request to its end, as a planner decides. */
  RunResult drive(Run run, Planner by, String conversation) {
    RunResult result;
    try {
      result = loop(run, by, conversation);
      memory.record(result);
    } catch (RuntimeException e) {
      result = new RunResult.Failed(run, "the agent itself failed: " + Failures.inWords(e), e);
    }
    return result;
  }

  private RunResult loop(Run run, Planner by, String conversation) {
    run.emit(new AgentEvent.Started(run.id(), run.request()));
    List<ChatMessage> history = run.messages();
    Rails.Judgement input = rails.onInput(run, history);
    List<ChatMessage> opening = new ArrayList<>(memory.recall(input.text(), history));
    opening.add(UserMessage.from(input.text()));
    Toolbox offered = toolbox.resolve(UserMessage.from(input.text()), conversation, opening);
    run.open(input.text(), opening, offered.specifications());

    Optional<RunResult> end = input.refusal(run);
    while (end.isEmpty()) {
      Action action = by.next(run);
      end = run.stopsBefore(action).or(() -> act(run, offered, action));
    }
    return end.get();
  }

  private Optional<RunResult> act(Run run, Toolbox offered, Action action) {
    return switch (action) {
      case Action.AskModel ask -> models.ask(run, ask);
      case Action.CallTools calls -> tools.call(run, offered, calls);
      case Action.Finish(String answer) -> Optional.of(finish(run, answer));
    };
  }

  private RunResult finish(Run run, String answer) {
    if (answer.isBlank()) {
      return new RunResult.Failed(run, "the model gave neither an answer nor a tool call", null);
    }
    Rails.Judgement output = rails.onOutput(run, answer);
    return output.refusal(run).orElseGet(() -> new RunResult.Answered(run, output.text()));
  }
}
