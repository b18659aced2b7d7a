package dev.zhixing.agent;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Journal} holds of a run. A run is its entries: from them come its steps when it is
 * taken up again and its events when it is replayed.
 *
 * <p>The order of a run: {@link Begun}, {@link Opened}, then for each step {@link Told}, or {@link
 * Acting}, {@link Intended} and {@link Brought} for each call, {@link Called}; {@link Ended} last.
 * A call of a READ tool may begin before the reply that asks for it is complete: then its {@link
 * Intended} stands before that step's {@link Told}. A run that was taken up again goes on after it.
 */
public sealed interface JournalEntry {

  /** What listeners hear of it. */
  default Optional<AgentEvent> heard() {
    return Optional.empty();
  }

  /** Whether the entry must be on the disk before the run goes on. */
  default boolean mustLast() {
    return false;
  }

  /**
   * The run began.
   *
   * @param requester on whose behalf, see {@link Conversation#onBehalfOf}; may be empty
   * @param notes what the program noted about the run, such as its model and seed
   * @param answer the form of the answer, where it is to be of a type; null for text
   */
  record Begun(
      String run,
      String conversation,
      String requester,
      String request,
      List<ChatMessage> history,
      Budget budget,
      Map<String, String> notes,
      ReplyForm.@Nullable Json answer)
      implements JournalEntry {
    public Begun {
      history = List.copyOf(history);
      notes = Map.copyOf(notes);
    }

    @Override
    public Optional<AgentEvent> heard() {
      return Optional.of(new AgentEvent.Started(run, request));
    }

    @Override
    public boolean mustLast() {
      return true;
    }

    /** The same as the beginning of another run. */
    Begun as(String otherRun, Map<String, String> otherNotes) {
      return new Begun(
          otherRun, conversation, requester, request, history, budget, otherNotes, answer);
    }
  }

  /** The request was let through; {@code messages} is what the model sees first. */
  record Opened(String request, List<ChatMessage> messages, List<ToolSpecification> tools)
      implements JournalEntry {
    public Opened {
      messages = List.copyOf(messages);
      tools = List.copyOf(tools);
    }
  }

  /**
   * The model replied.
   *
   * @param shared how many of the run's own messages it was asked with, from the first
   * @param rest the messages it was asked with after those
   * @param tools the tools it was offered, null for those of the run
   * @param form what the reply should look like, null for text or tool calls
   */
  record Told(
      int step,
      int shared,
      List<ChatMessage> rest,
      @Nullable List<ToolSpecification> tools,
      String purpose,
      boolean aloud,
      @Nullable ReplyForm form,
      List<AiMessage> replies,
      Usage usage,
      long millis)
      implements JournalEntry {
    public Told {
      replies = List.copyOf(replies);
      rest = List.copyOf(rest);
    }

    static Told of(Run run, Step step, Action.AskModel ask) {
      List<ChatMessage> own = run.messages();
      int shared = 0;
      while (shared < Math.min(own.size(), ask.messages().size())
          && own.get(shared).equals(ask.messages().get(shared))) {
        shared++;
      }
      return new Told(
          step.number(),
          shared,
          ask.messages().subList(shared, ask.messages().size()),
          ask.tools().equals(run.tools()) ? null : ask.tools(),
          ask.purpose(),
          ask.aloud(),
          ask.form() instanceof ReplyForm.Text ? null : ask.form(),
          step.replies(),
          step.usage(),
          step.millis());
    }

    /** The step, in a run that had {@code own} messages and offered {@code offered}. */
    Step step(List<ChatMessage> own, List<ToolSpecification> offered) {
      List<ChatMessage> asked = new ArrayList<>(own.subList(0, shared));
      asked.addAll(rest);
      Action.AskModel ask =
          new Action.AskModel(
              asked,
              tools == null ? offered : tools,
              purpose,
              aloud,
              form == null ? new ReplyForm.Text() : form);
      return Step.asked(step, ask, replies, usage, millis);
    }

    @Override
    public Optional<AgentEvent> heard() {
      String text =
          replies.stream()
              .map(reply -> reply.text() == null ? "" : reply.text())
              .collect(Collectors.joining("\n"));
      List<ToolCall> calls =
          replies.size() == 1 ? ToolCall.of(replies.getFirst(), step) : List.of();
      return Optional.of(new AgentEvent.Replied(step, text, calls, usage, millis));
    }
  }

  /**
   * A step of calls begins; guardrails and people were not asked yet. Again, with all calls, where
   * others join a step under way.
   */
  record Acting(int step, List<ToolCall> calls) implements JournalEntry {
    public Acting {
      calls = List.copyOf(calls);
    }
  }

  /** A person, or a rule in a person's place, decided about a call. */
  record Decided(int step, RecordedCall call, boolean approved, String reason)
      implements JournalEntry {
    @Override
    public Optional<AgentEvent> heard() {
      return Optional.of(new AgentEvent.Decided(call.call(), approved, reason));
    }

    @Override
    public boolean mustLast() {
      return true;
    }
  }

  /**
   * A call is about to run.
   *
   * @param index its place in the step, from 0
   * @param underWay whether it runs already, since a reply that was lost asked for the same
   */
  record Intended(int step, int index, RecordedCall call, Effect effect, boolean underWay)
      implements JournalEntry {
    /** One that is started now. */
    public Intended(int step, int index, RecordedCall call, Effect effect) {
      this(step, index, call, effect, false);
    }

    @Override
    public Optional<AgentEvent> heard() {
      return Optional.of(new AgentEvent.CallStarted(step, call.call(), effect));
    }

    @Override
    public boolean mustLast() {
      return effect != Effect.READ;
    }
  }

  /** What came of a call; {@code lasting} where it must not be lost. */
  record Brought(int step, int index, Observation observation, boolean lasting)
      implements JournalEntry {
    @Override
    public Optional<AgentEvent> heard() {
      return Optional.of(AgentEvent.Observed.of(step, observation));
    }

    @Override
    public boolean mustLast() {
      return lasting;
    }
  }

  /** A step of calls is over. */
  record Called(int step, long millis) implements JournalEntry {}

  /** Anything else that listeners hear. */
  record Happened(AgentEvent what) implements JournalEntry {
    @Override
    public Optional<AgentEvent> heard() {
      return Optional.of(what);
    }
  }

  /** The run ended; {@code waiting} are the calls that need a person's approval. */
  record Ended(AgentEvent.Ended how, List<RecordedCall> waiting) implements JournalEntry {
    public Ended {
      waiting = List.copyOf(waiting);
    }

    static Ended of(RunResult how, long millis) {
      Run run = how.run();
      AgentEvent.Ended ended =
          new AgentEvent.Ended(
              run.id(),
              how.getClass().getSimpleName(),
              how.text(),
              how.reason(),
              run.steps().size(),
              run.usage(),
              millis);
      return new Ended(
          ended, how instanceof RunResult.NeedsApproval needs ? needs.recorded() : List.of());
    }

    @Override
    public Optional<AgentEvent> heard() {
      return Optional.of(how);
    }

    @Override
    public boolean mustLast() {
      return true;
    }
  }
}
