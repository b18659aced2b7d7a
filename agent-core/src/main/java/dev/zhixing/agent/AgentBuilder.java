package dev.zhixing.agent;

import dev.langchain4j.model.TokenCountEstimator;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Sets up an {@link Agent}. A model and a planner are needed; everything else has a default. */
public final class AgentBuilder {
  @Nullable Planner planner;
  Toolbox toolbox = Toolbox.of();
  Memory memory = Memory.NONE;
  Budget budget = Budget.STANDARD;
  AgentListener listener = AgentListener.NONE;
  final List<Guardrail> guardrails = new ArrayList<>();
  JournalStore journals = JournalStore.NONE;
  final Map<String, String> notes = new HashMap<>();
  @Nullable Approver approver;
  @Nullable String systemPrompt;
  Retry retry = Retry.STANDARD;
  RandomGenerator chance = new Random();
  Prices prices = Prices.NONE;
  @Nullable TokenCountEstimator tokenCounter;
  @Nullable BranchingModel branching;
  @Nullable OptionScorer scorer;
  SessionKeeper sessions = SessionKeeper.NONE;
  private @Nullable ModelPort model;
  private final List<ModelPort> fallbacks = new ArrayList<>();

  AgentBuilder() {}

  /** The model, which replies at once. */
  public AgentBuilder model(ChatModel chatModel) {
    model = new ModelPort.Whole(chatModel);
    return this;
  }

  /** The model, which replies piece by piece. */
  public AgentBuilder model(StreamingChatModel chatModel) {
    model = new ModelPort.Streaming(chatModel);
    return this;
  }

  /** One more model that takes over when those before it have failed. */
  public AgentBuilder fallback(ChatModel chatModel) {
    fallbacks.add(new ModelPort.Whole(chatModel));
    return this;
  }

  /** As the other, with a model that replies piece by piece. */
  public AgentBuilder fallback(StreamingChatModel chatModel) {
    fallbacks.add(new ModelPort.Streaming(chatModel));
    return this;
  }

  /** What continues a request in several ways; without one, the model is asked again. */
  public AgentBuilder branching(BranchingModel newBranching) {
    branching = newBranching;
    return this;
  }

  /** What tells how likely options are; without one, the model is asked for the numbers. */
  public AgentBuilder options(OptionScorer newScorer) {
    scorer = newScorer;
    return this;
  }

  /**
   * What keeps the model's tokens of a run beside its journal, so that another process that goes on
   * with the run need not read them again; without one, nothing is kept. A run of whose journal a
   * secret was taken out is never kept so.
   */
  public AgentBuilder sessions(SessionKeeper newSessions) {
    sessions = newSessions;
    return this;
  }

  /** How often a model is asked again that has failed; {@link Retry#STANDARD} if not set. */
  public AgentBuilder retry(Retry newRetry) {
    retry = newRetry;
    return this;
  }

  /**
   * As the other, with waits that are the same each time.
   *
   * @param seed of the chance that is in the waits
   */
  public AgentBuilder retry(Retry newRetry, long seed) {
    chance = new Random(seed); // safe for runs at once, as not every generator is
    return retry(newRetry);
  }

  /** What the models cost; needed where the budget has a limit of money. */
  public AgentBuilder prices(Prices newPrices) {
    prices = newPrices;
    return this;
  }

  /**
   * Counts a prompt's tokens before the model is asked, so that the budget's limit of them is never
   * passed; without it a prompt is known to be too long only afterwards.
   */
  public AgentBuilder tokenCounter(TokenCountEstimator estimator) {
    tokenCounter = estimator;
    return this;
  }

  /** What decides the next action. */
  public AgentBuilder planner(Planner newPlanner) {
    planner = newPlanner;
    return this;
  }

  /** The tools; none if not set. */
  public AgentBuilder tools(Toolbox newToolbox) {
    toolbox = newToolbox;
    return this;
  }

  /** The memory; {@link Memory#NONE} if not set. */
  public AgentBuilder memory(Memory newMemory) {
    memory = newMemory;
    return this;
  }

  /** What each run may use; {@link Budget#STANDARD} if not set. */
  public AgentBuilder budget(Budget newBudget) {
    budget = newBudget;
    return this;
  }

  /** One more guardrail, asked after those before it. */
  public AgentBuilder guardrail(Guardrail guardrail) {
    guardrails.add(guardrail);
    return this;
  }

  /**
   * The person to ask; without one, a call that needs approval ends the run as {@link
   * RunResult.NeedsApproval}.
   */
  public AgentBuilder approver(Approver person) {
    approver = person;
    return this;
  }

  /**
   * Where each run is recorded, so that it can be taken up again and replayed; nowhere if not set.
   */
  public AgentBuilder journal(JournalStore store) {
    journals = store;
    return this;
  }

  /**
   * Notes {@code value} under {@code name} in the journal of each run, such as the model's seed.
   */
  public AgentBuilder note(String name, String value) {
    notes.put(name, value);
    return this;
  }

  /** Told what happens in every run. */
  public AgentBuilder listener(AgentListener newListener) {
    listener = newListener;
    return this;
  }

  /** What the model is told before all else; nothing if not set. */
  public AgentBuilder systemPrompt(String prompt) {
    systemPrompt = prompt;
    return this;
  }

  /** The agent. */
  public Agent build() {
    if (model == null || planner == null) {
      throw new IllegalStateException(
          "Agent: expected a model and a planner, found no %s; call %s(...) before build()"
              .formatted(model == null ? "model" : "planner", model == null ? "model" : "planner"));
    }
    List<ModelPort> models = new ArrayList<>(fallbacks);
    models.addFirst(model);
    return new Agent(this, models, planner);
  }
}
