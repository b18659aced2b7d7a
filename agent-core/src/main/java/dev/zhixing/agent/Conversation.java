package dev.zhixing.agent;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Several requests on one history that only grows at its end: each run begins with the very
 * messages of the one before, so that a local model still has them in its cache. One run at a time;
 * {@link #messages()} may be read from any thread.
 */
public final class Conversation {
  private final String id;
  private final String requester;
  private final Agent agent;
  private final Planner planner;
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile List<ChatMessage> messages;

  Conversation(
      Agent agent, Planner planner, String id, String requester, List<ChatMessage> history) {
    this.agent = agent;
    this.planner = planner;
    this.id = id;
    this.requester = requester;
    this.messages = List.copyOf(history);
  }

  /**
   * The conversation so far, whose requests are made on behalf of {@code person}: a name that
   * guardrails find in {@link Run#requester()}.
   */
  public Conversation onBehalfOf(String person) {
    return new Conversation(agent, planner, id, person, messages);
  }

  String id() {
    return id;
  }

  String requester() {
    return requester;
  }

  /** The form of its answers, where they are of a type; null for text. */
  ReplyForm.@Nullable Json answer() {
    return planner instanceof TypedAnswer<?> typed ? typed.form() : null;
  }

  /** What was said so far, tool calls and their results included. */
  public List<ChatMessage> messages() {
    return messages;
  }

  /** Runs {@code request} on the calling thread; an interrupt of it cancels the run. */
  public RunResult run(String request) {
    return run(request, AgentListener.NONE);
  }

  /** The same, telling {@code listener} what happens. */
  public RunResult run(String request, AgentListener listener) {
    Run run = open(request, listener);
    return drive(run, List.of(run.begun()));
  }

  /**
   * Starts {@code request} on a thread of its own, a daemon: wait with {@link Run#await()}, stop
   * with {@link Run#cancel()}.
   */
  public Run start(String request, AgentListener listener) {
    Run run = open(request, listener);
    Thread.ofVirtual().name("run-" + run.id()).start(() -> drive(run, List.of(run.begun())));
    return run;
  }

  private Run open(String request, AgentListener listener) {
    if (request.isBlank()) {
      throw new IllegalArgumentException("request: expected some text, found none");
    }
    if (!busy.compareAndSet(false, true)) {
      throw new IllegalStateException(
          "conversation " + id + ": expected one run at a time; wait for the last one to end");
    }
    try {
      return agent.newRun(this, request, listener);
    } catch (RuntimeException e) { // there is no place for its journal
      busy.set(false);
      throw e;
    }
  }

  /** Drives {@code run}, of which {@code first} is already known. */
  RunResult drive(Run run, List<JournalEntry> first) {
    try {
      RunResult result = agent.drive(run, planner, first);
      messages = List.copyOf(closed(run.messages(), result));
      busy.set(false);
      return run.end(result, agent.sessions());
    } catch (Throwable e) { // an Error: whoever waits must hear of it too
      busy.set(false);
      run.abort(e);
      throw e;
    }
  }

  /**
   * {@code messages} such that another request can follow: no call without a result, the last word
   * with the agent.
   */
  private static List<ChatMessage> closed(List<ChatMessage> messages, RunResult result) {
    List<ChatMessage> whole = new ArrayList<>(messages);
    if (!whole.isEmpty()
        && whole.getLast() instanceof AiMessage last
        && last.hasToolExecutionRequests()) {
      for (ToolCall call : ToolCall.of(last, result.run().steps().size())) {
        whole.add(
            Observation.notRun(call, call.name() + " was not run: " + result.reason()).toMessage());
      }
    }
    if (!whole.isEmpty() && !(whole.getLast() instanceof AiMessage)) {
      whole.add(AiMessage.from(result.text().isBlank() ? "…" : result.text()));
    }
    return whole;
  }
}
