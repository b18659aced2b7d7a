package dev.zhixing.chat;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.zhixing.engine.Session;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A conversation as tokens that only grow, with the session that holds their keys and values. What
 * the model generated stays as the ids it generated; only messages that are new are rendered. One
 * thread at a time.
 */
final class Transcript implements AutoCloseable {

  private record Entry(ChatMessage message, int end) {}

  private final Session session;
  private final ConversationFormat format;
  private final TurnArchive archive;
  private final PromptCache kept;
  private final List<Entry> entries = new ArrayList<>();
  private List<ToolSpecification> tools = List.of();
  private int[] ids = new int[0];
  private int openingEnd;
  private boolean isOpeningKept;

  Transcript(Session session, ConversationFormat format, TurnArchive archive, PromptCache kept) {
    this.session = session;
    this.format = format;
    this.archive = archive;
    this.kept = kept;
  }

  /**
   * How many tokens of a request are already here: its tools and leading messages, as far as they
   * are the same.
   */
  int matching(List<ToolSpecification> offered, List<ChatMessage> messages) {
    if (ids.length == 0 || !tools.equals(offered)) {
      return 0;
    }
    int same = sameMessages(messages);
    return same == 0 ? openingEnd : entries.get(same - 1).end();
  }

  private int sameMessages(List<ChatMessage> messages) {
    int same = 0;
    while (same < entries.size()
        && same < messages.size()
        && entries.get(same).message().equals(messages.get(same))) {
      same++;
    }
    return same;
  }

  /**
   * Makes this the transcript of a request: forgets what differs, renders what is new.
   *
   * @return tokens of the request, with the assistant's cue
   */
  int extendTo(List<ToolSpecification> offered, List<ChatMessage> messages) {
    if (ids.length == 0 || !tools.equals(offered)) {
      ids = format.opening(offered);
      openingEnd = ids.length;
      entries.clear();
      tools = List.copyOf(offered);
      session.truncate(0);
      isOpeningKept = kept.restore(session, ids);
    }
    int same = sameMessages(messages);
    entries.subList(same, entries.size()).clear();
    int end = same == 0 ? openingEnd : entries.getLast().end();
    ids = Arrays.copyOf(ids, end);
    session.truncate(Math.min(session.length(), end));
    for (ChatMessage message : messages.subList(same, messages.size())) {
      append(message, render(message));
    }
    ids = concat(ids, format.cue());
    return ids.length;
  }

  private int[] render(ChatMessage message) {
    if (message instanceof AiMessage ai) {
      int[] generated = archive.find(ai);
      if (generated.length > 0) {
        return concat(format.cue(), generated);
      }
    }
    return format.message(message);
  }

  /**
   * Appends a message that was rendered, or that the model has just generated after the cue; its
   * last tokens may not be in the session yet.
   */
  void append(ChatMessage message, int[] more) {
    ids = concat(ids, more);
    entries.add(new Entry(message, ids.length));
  }

  /** Keeps the opening for other processes, once it is in the session. */
  void keepOpening() {
    if (!isOpeningKept && session.length() >= openingEnd) {
      kept.save(session, Arrays.copyOf(ids, openingEnd));
      isOpeningKept = true;
    }
  }

  /** The tokens that are not in the session yet. */
  int[] pending() {
    return Arrays.copyOfRange(ids, session.length(), ids.length);
  }

  Session session() {
    return session;
  }

  @Override
  public void close() {
    session.close();
  }

  private static int[] concat(int[] a, int[] b) {
    int[] out = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, out, a.length, b.length);
    return out;
  }
}
