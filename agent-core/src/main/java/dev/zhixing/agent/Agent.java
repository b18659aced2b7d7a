package dev.zhixing.agent;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Thinks, acts and observes until a request is answered: asks its {@link Planner} for the next
 * action, does it, adds it to the {@link Run}, and so on. Immutable, safe for all threads; what
 * grows is the run and the {@link Conversation}.
 */
public final class Agent {
  private final Planner planner;
  private final Toolbox toolbox;
  private final JournalStore journals;
  private final Map<String, String> notes;
  private final MemoryCaller memory;
  private final Budget budget;
  private final Optional<SystemMessage> system;
  private final AgentListener listener;
  private final Rails rails;
  private final ModelCaller models;
  private final @Nullable Approver approver;

  /** What runs a run's calls, and its end where it ended before it began. */
  private record Start(ToolCaller tools, Optional<RunResult> end) {}

  Agent(AgentBuilder from, List<ModelPort> models, Planner planner) {
    this.planner = planner;
    toolbox = from.toolbox;
    journals = from.journals;
    notes = Map.copyOf(from.notes);
    memory = new MemoryCaller(from.memory);
    budget = from.budget;
    system = Optional.ofNullable(from.systemPrompt).map(SystemMessage::from);
    listener = from.listener;
    rails = new Rails(from.guardrails);
    this.models = new ModelCaller(from, models);
    approver = from.approver;
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
    return typed.of(conversation(typed, List.of()).run(request));
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
    return conversation(planner, history);
  }

  private Conversation conversation(Planner by, List<ChatMessage> history) {
    return new Conversation(this, by, UUID.randomUUID().toString(), "", opening(history));
  }

  private List<ChatMessage> opening(List<ChatMessage> history) {
    List<ChatMessage> opening = new ArrayList<>(history);
    if (history.isEmpty() || !(history.getFirst() instanceof SystemMessage)) {
      system.ifPresent(opening::addFirst);
    }
    return opening;
  }

  /**
   * Goes on with a run that its journal tells of: one whose process ended, or that waits for a
   * person's approval, or that failed or was cancelled.
   */
  public Resumption resume(String run) {
    return Resumption.recorded(this, RecordedRun.of(journals.read(run)));
  }

  /** Goes on, in this process, with a run that waits for a person's approval. */
  public Resumption resume(RunResult.NeedsApproval waiting) {
    return Resumption.waiting(this, waiting);
  }

  /**
   * Does a recorded run anew from {@code step} on, as a run of its own. What is before that step
   * comes from the journal, word for word, so that a local model still has it in its cache.
   */
  public Resumption replay(String run, int step) {
    return Resumption.from(this, RecordedRun.of(journals.read(run)), step);
  }

  JournalStore journals() {
    return journals;
  }

  Planner planner() {
    return planner;
  }

  Run newRun(Conversation of, String request, AgentListener extra) {
    String id = UUID.randomUUID().toString();
    JournalEntry.Begun begun =
        new JournalEntry.Begun(id, of.id(), of.requester(), request, of.messages(), budget, notes);
    return newRun(begun, RunState.before(begun), journals.create(id), extra);
  }

  Run newRun(JournalEntry.Begun begun, RunState state, Journal journal, AgentListener extra) {
    return new Run(begun, state, listener.and(extra), journal);
  }

  /**
   * Drives {@code run}, of which {@code first} is already known, to its end, as a planner decides.
   */
  RunResult drive(Run run, Planner by, List<JournalEntry> first) {
    RunResult result;
    try {
      first.forEach(run::record);
      result = loop(run, by);
      memory.record(run, result);
    } catch (RuntimeException e) {
      result = new RunResult.Failed(run, "the agent itself failed: " + Failures.inWords(e), e);
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
