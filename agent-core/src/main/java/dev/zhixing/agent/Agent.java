package dev.zhixing.agent;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Flow;

/**
 * Thinks, acts and observes until a request is answered: asks its {@link Planner} for the next
 * action, does it, adds it to the {@link Run}, and so on, in its {@code AgentLoop}. Immutable, safe
 * for all threads; what grows is the run and the {@link Conversation}.
 */
public final class Agent {
  private final Planner planner;
  private final JournalStore journals;
  private final RunSessions sessions;
  private final Map<String, String> notes;
  private final Budget budget;
  private final Optional<SystemMessage> system;
  private final AgentListener listener;
  private final AgentLoop loop;

  Agent(AgentBuilder from, List<ModelPort> models, Planner planner) {
    this.planner = planner;
    journals = from.journals;
    sessions = new RunSessions(from.sessions);
    notes = Map.copyOf(from.notes);
    budget = from.budget;
    system = Optional.ofNullable(from.systemPrompt).map(SystemMessage::from);
    listener = from.listener;
    loop = new AgentLoop(from, models);
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
   * comes from the journal, word for word, so that a local model still has it in its cache, or kept
   * beside the journal.
   */
  public Resumption replay(String run, int step) {
    return Resumption.from(this, RecordedRun.of(journals.read(run)), step);
  }

  JournalStore journals() {
    return journals;
  }

  RunSessions sessions() {
    return sessions;
  }

  Planner planner() {
    return planner;
  }

  Run newRun(Conversation of, String request, AgentListener extra) {
    String id = UUID.randomUUID().toString();
    JournalEntry.Begun begun =
        new JournalEntry.Begun(
            id, of.id(), of.requester(), request, of.messages(), budget, notes, of.answer());
    return newRun(begun, RunState.before(begun), journals.create(id), extra);
  }

  Run newRun(JournalEntry.Begun begun, RunState state, Journal journal, AgentListener extra) {
    return new Run(begun, state, listener.and(extra), journal);
  }

  /** Drives {@code run}, of which {@code first} is already known, to its end. */
  RunResult drive(Run run, Planner by, List<JournalEntry> first) {
    return loop.drive(run, by, first);
  }
}
