package dev.zhixing.chat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.zhixing.chat.format.TemplateFormat;
import dev.zhixing.chat.format.Thinking;
import dev.zhixing.chat.format.TurnFormat;
import dev.zhixing.chat.template.MarkedText;
import dev.zhixing.chat.template.TemplateException;
import dev.zhixing.engine.tokenizer.Tokenizer;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Requests as tokens. What the model generated stays as the tokens it generated, as long as the
 * chat template renders what came before a message as the beginning of what comes with it; only the
 * rest is tokenized, from a special token on. Where a template writes an earlier turn otherwise
 * later, the text from there on is tokenized anew, and the place is told. Safe for all threads.
 */
final class TemplateTranscripts implements Transcripts {
  private static final System.Logger LOG = System.getLogger(TemplateTranscripts.class.getName());

  /** More of them are not preferred to the rest of the text. */
  private static final int MOST_RESULTS = 8;

  /** So often a turn's tokens are tried in vain in one request. */
  private static final int MOST_FAILURES = 8;

  private final TemplateFormat format;
  private final Tokenizer tokenizer;
  private final TurnIds turnIds;
  private final Remembered<TemplateThread> threads = new Remembered<>();

  TemplateTranscripts(TemplateFormat format, Tokenizer tokenizer) {
    this.format = format;
    this.tokenizer = tokenizer;
    this.turnIds = new TurnIds(tokenizer, format);
  }

  @Override
  public TurnFormat format() {
    return format;
  }

  @Override
  public String template() {
    return format.sources();
  }

  @Override
  public Prompt prompt(Wishes wishes, List<ChatMessage> messages) {
    recall(wishes, messages);
    return rendered(wishes, messages);
  }

  private Rendered rendered(Wishes wishes, List<ChatMessage> messages) {
    List<Map<String, Object>> tools = TemplateTools.of(wishes.tools());
    Boolean thinks = wishes.parameters().thinking();
    MarkedText text;
    try {
      text = format.render(messages, tools, true, thinks);
    } catch (TemplateException e) {
      throw new InvalidRequestException(e.getMessage(), e);
    }
    TemplateThread known = find(wishes.session(), messages);
    TemplateThread thread = known == null ? null : known.agreeing(text);
    int[] rest = ids(text, thread);
    int[] ids = thread == null ? rest : concat(thread.allIds(), rest);
    return new Rendered(
        this, text, ids, thread, List.copyOf(messages), tools, thinks, wishes.session());
  }

  /**
   * Threads of turns that were generated in another process, behind the latest that is known here:
   * made of the tokens that their messages carry, as they were there.
   */
  private void recall(Wishes wishes, List<ChatMessage> messages) {
    int first = messages.size();
    while (first > 0 && !isKnown(wishes.session(), messages.get(first - 1))) {
      first--;
    }
    int left = MOST_FAILURES;
    for (int i = first; i < messages.size() && left > 0; i++) {
      int[] said = messages.get(i) instanceof AiMessage ai ? turnIds.of(ai) : null;
      if (said != null
          && !recall(wishes, messages.subList(0, i), (AiMessage) messages.get(i), said)) {
        left--;
      }
    }
  }

  private boolean isKnown(@Nullable String session, ChatMessage message) {
    return message instanceof AiMessage ai && threads.find(session, ai) != null;
  }

  /**
   * The same of one turn, unless it stands behind other words than those it was generated behind,
   * as in a planner's own question.
   */
  private boolean recall(Wishes wishes, List<ChatMessage> before, AiMessage message, int... said) {
    try {
      Rendered prompt = rendered(wishes, before);
      if (prompt.ids().length == Responses.asked(message)) {
        remember(prompt, message, said);
      }
    } catch (InvalidRequestException e) {
      LOG.log(Level.DEBUG, "prefix: {0}", e.getMessage()); // nothing was generated behind that
    }
    return isKnown(wishes.session(), message);
  }

  private @Nullable TemplateThread find(@Nullable String session, List<ChatMessage> messages) {
    for (ChatMessage message : messages.reversed()) {
      TemplateThread thread = message instanceof AiMessage ai ? threads.find(session, ai) : null;
      if (thread != null) {
        return thread;
      }
    }
    return null;
  }

  /** What follows a thread, or begins, tokenized: together with the token that ends the thread. */
  private int[] ids(MarkedText text, @Nullable TemplateThread thread) {
    if (thread == null) {
      return format.encodeStart(text);
    }
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

  private Prompt.Kept remember(Rendered prompt, AiMessage message, int... said) {
    List<ChatMessage> messages = new ArrayList<>(prompt.messages());
    messages.add(message);
    MarkedText whole;
    try {
      whole = format.render(messages, prompt.tools(), false, prompt.thinks());
    } catch (TemplateException e) {
      return report(message, "the chat template can't write the turn: " + e.getMessage());
    }
    if (!whole.hasAt(0, prompt.text())) {
      int place = whole.commonPrefix(prompt.text());
      return report(
          message,
          "the chat template writes the conversation otherwise from character %d of %d on"
              .formatted(place, prompt.text().text().length()));
    }
    int from = prompt.thread() == null ? 0 : prompt.thread().textLength();
    int end = turnEnd(whole, prompt.text().text().length(), said);
    if (end < 0 || said.length == 0) {
      return new Prompt.Kept(message, null);
    }
    int before = prompt.thread() == null ? 0 : prompt.thread().idCount();
    int[] read = Arrays.copyOfRange(prompt.ids(), before, prompt.ids().length);
    int[] ids = concat(read, said);
    threads.put(
        prompt.session(), message, new TemplateThread(prompt.thread(), whole.part(from, end), ids));
    boolean isUsual = Arrays.equals(ids, ids(whole.part(0, end), prompt.thread()));
    return new Prompt.Kept(isUsual ? message : turnIds.attach(message, said), null);
  }

  /**
   * Where the latest results of tools stand, as far as the template writes them as they are;
   * counted in bytes from the end, as an earlier turn's tokens may spell more than its text.
   */
  private List<Prompt.Region> results(Rendered prompt) {
    Deque<Prompt.Region> found = new ArrayDeque<>();
    String text = prompt.text().text();
    int[] ids = prompt.ids();
    int at = text.length();
    int token = ids.length;
    for (ChatMessage message : prompt.messages().reversed()) {
      if (found.size() == MOST_RESULTS || !(message instanceof ToolExecutionResultMessage result)) {
        continue;
      }
      String sought = result.text().strip();
      int from = sought.isEmpty() ? -1 : text.lastIndexOf(sought, at - sought.length());
      if (from >= 0) {
        int to = before(ids, token, bytes(text, from + sought.length(), at));
        token = before(ids, to, bytes(text, from, from + sought.length()));
        at = from;
        found.addFirst(new Prompt.Region(token, to));
      }
    }
    return List.copyOf(found);
  }

  private static int bytes(String text, int from, int to) {
    return text.substring(from, to).getBytes(StandardCharsets.UTF_8).length;
  }

  /** The first of the tokens before {@code end} that spell so many bytes. */
  private int before(int[] ids, int end, int bytes) {
    int at = end;
    int left = bytes;
    while (at > 0 && left > 0) {
      left -= tokenizer.bytes(ids[--at]).length;
    }
    return at;
  }

  private static Prompt.Kept report(AiMessage message, String divergence) {
    LOG.log(Level.DEBUG, "prefix: {0}", divergence);
    return new Prompt.Kept(message, divergence);
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

  /**
   * A request as text and tokens.
   *
   * @param thread the thread that it goes on from, null for none
   * @param tools the tools on offer, as the template sees them
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  private record Rendered(
      TemplateTranscripts from,
      MarkedText text,
      int[] ids,
      @Nullable TemplateThread thread,
      List<ChatMessage> messages,
      List<Map<String, Object>> tools,
      @Nullable Boolean thinks,
      @Nullable String session)
      implements Prompt {

    @Override
    public int opening() {
      return 0;
    }

    @Override
    public List<Region> results() {
      return from.results(this);
    }

    @Override
    public boolean isThinking() {
      Thinking thinking = from.format.thinking();
      return thinking != null && text.text().stripTrailing().endsWith(thinking.open());
    }

    @Override
    public Kept remember(AiMessage message, Turn turn) {
      return from.remember(this, message, turn.saidIds());
    }
  }
}
