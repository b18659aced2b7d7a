package dev.zhixing.agent;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.TokenCountEstimator;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the newest part of a conversation within a number of tokens. It cuts only between
 * exchanges, an exchange being a user's message with all that follows up to the next one, so a call
 * is never parted from its result. The system message stays, and so does the last exchange, however
 * long it is.
 *
 * <p>A local model must read everything after a cut anew, so a window cuts seldom and deep: only
 * when there are more than {@code limit} tokens, and then down to {@code keep}.
 *
 * @param estimator counts tokens; safe for all threads if it is to serve several conversations
 * @param limit the most tokens that are left alone; at least 1
 * @param keep how many tokens a cut leaves at most; from 1 to {@code limit}
 */
public record TokenWindow(TokenCountEstimator estimator, int limit, int keep) implements Memory {

  public TokenWindow {
    if (keep < 1 || keep > limit) {
      throw new IllegalArgumentException(
          "TokenWindow: expected 1 <= keep <= limit, found keep %d and limit %d"
              .formatted(keep, limit));
    }
  }

  /** A window that cuts no deeper than it must. */
  public TokenWindow(TokenCountEstimator estimator, int limit) {
    this(estimator, limit, limit);
  }

  /** {@code messages}, the same list if they fit, else without the oldest exchanges. */
  public List<ChatMessage> fit(List<ChatMessage> messages) {
    return fit(messages, 0);
  }

  /** The history, with the room for {@code request} left free. */
  @Override
  public List<ChatMessage> recall(String request, List<ChatMessage> history) {
    return fit(history, estimator.estimateTokenCountInMessage(UserMessage.from(request)));
  }

  private List<ChatMessage> fit(List<ChatMessage> messages, int extra) {
    if (messages.isEmpty() || extra + estimator.estimateTokenCountInMessages(messages) <= limit) {
      return messages;
    }
    List<ChatMessage> head =
        messages.getFirst() instanceof SystemMessage system ? List.of(system) : List.of();
    int used = extra + (head.isEmpty() ? 0 : estimator.estimateTokenCountInMessages(head));
    int from = messages.size();
    for (int end = from; end > head.size(); end = exchangeBefore(messages, end, head.size())) {
      int begin = exchangeBefore(messages, end, head.size());
      used += estimator.estimateTokenCountInMessages(messages.subList(begin, end));
      if (used > keep && from < messages.size()) {
        break;
      }
      from = begin;
    }
    List<ChatMessage> kept = new ArrayList<>(head);
    kept.addAll(messages.subList(from, messages.size()));
    return kept;
  }

  /** Where the exchange that ends before {@code end} begins. */
  private static int exchangeBefore(List<ChatMessage> messages, int end, int first) {
    int begin = end - 1;
    while (begin > first && !(messages.get(begin) instanceof UserMessage)) {
      begin--;
    }
    return begin;
  }
}
