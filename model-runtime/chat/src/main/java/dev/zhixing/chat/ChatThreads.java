package dev.zhixing.chat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.zhixing.chat.format.TemplateFormat;
import dev.zhixing.chat.template.MarkedText;
import dev.zhixing.chat.template.TemplateException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Requests as tokens. What the model generated stays as the tokens it generated, as long as the
 * chat template renders what came before a message as the beginning of what comes with it; only the
 * rest is tokenized, from a special token on. Where a template writes an earlier turn otherwise
 * later, the text from there on is tokenized anew, and the place is told. Safe for all threads.
 */
final class ChatThreads {
  private static final System.Logger LOG = System.getLogger(ChatThreads.class.getName());
  private static final int MOST_KEPT = 4096;

  /**
   * A request as text and tokens.
   *
   * @param thread the thread that it goes on from, null for none
   * @param tools the tools on offer, as the template sees them
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Prompt(
      MarkedText text,
      int[] ids,
      @Nullable ChatThread thread,
      List<ChatMessage> messages,
      List<Map<String, Object>> tools,
      @Nullable Boolean thinks) {}

  private record Kept(AiMessage message, ChatThread thread) {}

  private final TemplateFormat format;
  private final Map<String, Kept> threads =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
          return size() > MOST_KEPT;
        }
      };

  ChatThreads(TemplateFormat format) {
    this.format = format;
  }

  /**
   * Renders a request and tokenizes what is new in it.
   *
   * @throws TemplateException if the template refuses or fails
   */
  Prompt prompt(
      List<ChatMessage> messages, List<Map<String, Object>> tools, @Nullable Boolean thinks) {
    MarkedText text = format.render(messages, tools, true, thinks);
    ChatThread known = find(messages);
    ChatThread thread = known == null ? null : known.agreeing(text);
    int[] ids =
        thread == null ? format.encodeStart(text) : concat(thread.allIds(), rest(text, thread));
    return new Prompt(text, ids, thread, List.copyOf(messages), tools, thinks);
  }

  private synchronized @Nullable ChatThread find(List<ChatMessage> messages) {
    for (ChatMessage message : messages.reversed()) {
      if (message instanceof AiMessage ai) {
        Kept kept = threads.get(key(ai));
        if (kept != null && isSame(kept.message(), ai)) {
          return kept.thread();
        }
      }
    }
    return null;
  }

  private static boolean isSame(AiMessage a, AiMessage b) {
    return Objects.equals(a.text(), b.text())
        && Objects.equals(a.thinking(), b.thinking())
        && a.toolExecutionRequests().equals(b.toolExecutionRequests());
  }

  private static String key(AiMessage message) {
    return String.valueOf(message.attributes().get(TurnArchive.KEY));
  }

  /** What follows a thread, tokenized together with the token that ends it. */
  private int[] rest(MarkedText text, ChatThread thread) {
    int at = thread.textLength();
    int last = thread.ids()[thread.ids().length - 1];
    String end = format.spellings().spelling(last);
    boolean endsTurn = isEnd(last) && text.text().startsWith(end, at - end.length());
    if (!endsTurn) {
      return format.encode(text.from(at));
    }
    int[] ids = format.encode(text.from(at - end.length()));
    return Arrays.copyOfRange(ids, 1, ids.length);
  }

  private boolean isEnd(int id) {
    return Arrays.stream(format.ends()).anyMatch(end -> end == id);
  }

  /**
   * Keeps the tokens of a turn that was generated.
   *
   * @return where the template writes the conversation otherwise now, or null
   */
  @Nullable String remember(Prompt prompt, AiMessage message, TemplateTurn turn) {
    List<ChatMessage> messages = new ArrayList<>(prompt.messages());
    messages.add(message);
    MarkedText whole;
    try {
      whole = format.render(messages, prompt.tools(), false, prompt.thinks());
    } catch (TemplateException e) {
      return report("the chat template can't write the turn: " + e.getMessage());
    }
    if (!whole.hasAt(0, prompt.text())) {
      int place = whole.commonPrefix(prompt.text());
      return report(
          "the chat template writes the conversation otherwise from character %d of %d on"
              .formatted(place, prompt.text().text().length()));
    }
    int from = prompt.thread() == null ? 0 : prompt.thread().textLength();
    int end = turnEnd(whole, prompt.text().text().length(), turn.ids());
    if (end < 0 || turn.end() == TemplateTurn.End.STOP_SEQUENCE || turn.ids().length == 0) {
      return null;
    }
    int before = prompt.thread() == null ? 0 : prompt.thread().idCount();
    int[] read = Arrays.copyOfRange(prompt.ids(), before, prompt.ids().length);
    ChatThread thread =
        new ChatThread(prompt.thread(), whole.part(from, end), concat(read, turn.ids()));
    synchronized (this) {
      threads.put(key(message), new Kept(message, thread));
    }
    return null;
  }

  private static String report(String divergence) {
    LOG.log(Level.DEBUG, "prefix: {0}", divergence);
    return divergence;
  }

  /**
   * Where a generated turn ends in its rendering: behind the token that ends it where it was
   * generated, else before the one that the template writes; -1 where there is none.
   */
  private int turnEnd(MarkedText whole, int from, int[] ids) {
    int last = ids.length == 0 ? -1 : ids[ids.length - 1];
    if (last >= 0 && isEnd(last)) {
      String spelling = format.spellings().spelling(last);
      int at = whole.text().lastIndexOf(spelling);
      boolean isOwn = at >= from && whole.isTrusted(at, at + spelling.length());
      return isOwn ? at + spelling.length() : -1;
    }
    int best = -1;
    for (int id : format.ends()) {
      String spelling = format.spellings().spelling(id);
      int at = whole.text().lastIndexOf(spelling);
      if (at >= from && whole.isTrusted(at, at + spelling.length())) {
        best = Math.max(best, at);
      }
    }
    return best;
  }

  private static int[] concat(int[] a, int[] b) {
    int[] out = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, out, a.length, b.length);
    return out;
  }
}
