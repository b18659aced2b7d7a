package dev.zhixing.agent;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the model has read of runs, kept beside their journals. That costs a run nothing but time:
 * whatever fails is logged. Immutable, safe for all threads.
 */
final class RunSessions {
  private static final Logger LOG = System.getLogger(RunSessions.class.getName());

  private final SessionKeeper keeper;

  RunSessions(SessionKeeper keeper) {
    this.keeper = keeper;
  }

  /** Keeps what the model has read of {@code run}, which is over, where {@code journal} lets it. */
  void keep(Run run, Journal journal) {
    Optional<ChatRequest> conversation = conversation(run);
    if (SessionKeeper.NONE.equals(keeper) || conversation.isEmpty()) {
      return;
    }
    try {
      journal.keepSession((file, mostBytes) -> keeper.keep(conversation.get(), file, mostBytes));
    } catch (RuntimeException e) {
      LOG.log(Level.INFO, "run {0}: its session is not kept: {1}", run.id(), e.getMessage());
    }
  }

  /** Takes up what was kept of {@code run}. */
  void bringBack(JournalStore journals, String run) {
    if (SessionKeeper.NONE.equals(keeper)) {
      return;
    }
    try {
      journals.session(run).ifPresent(keeper::bringBack);
    } catch (RuntimeException e) {
      LOG.log(Level.INFO, "run {0}: its session is not used: {1}", run, e.getMessage());
    }
  }

  /** What was said when the model was asked last: in the run's conversation, else at all. */
  private static Optional<ChatRequest> conversation(Run run) {
    List<Step> asked = run.steps().stream().filter(step -> step.reply().isPresent()).toList();
    return asked.reversed().stream()
        .filter(step -> step.purpose().filter(String::isEmpty).isPresent())
        .findFirst()
        .or(() -> asked.reversed().stream().findFirst())
        .map(RunSessions::said);
  }

  private static ChatRequest said(Step step) {
    Action.AskModel ask = (Action.AskModel) step.action();
    List<ChatMessage> messages = new ArrayList<>(ask.messages());
    if (step.replies().size() == 1) {
      messages.add(step.replies().getFirst());
    }
    return ChatRequest.builder().messages(messages).toolSpecifications(ask.tools()).build();
  }
}
