package dev.zhixing.chat;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.zhixing.chat.format.TurnFormat;
import dev.zhixing.engine.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Conversations in the format {@code zhixing-1}: each message's tokens one after the other, the
 * generated ones as they were generated.
 */
final class OwnTranscripts implements Transcripts {
  private static final int MOST_MESSAGES = 256;
  private static final int MOST_OPENINGS = 64;

  private final ConversationFormat format;
  private final OwnFormat turns;
  private final TurnIds turnIds;
  private final Remembered<int[]> generated = new Remembered<>();
  private final Recent<List<ToolSpecification>, int[]> openings = new Recent<>(MOST_OPENINGS);
  private final Recent<ChatMessage, int[]> rendered = new Recent<>(MOST_MESSAGES);

  OwnTranscripts(Tokenizer tokenizer) {
    format = new ConversationFormat(tokenizer);
    turns = new OwnFormat(tokenizer, format);
    turnIds = new TurnIds(tokenizer, turns);
  }

  @Override
  public TurnFormat format() {
    return turns;
  }

  @Override
  public String template() {
    return ConversationFormat.NAME;
  }

  @Override
  public Prompt prompt(Wishes wishes, List<ChatMessage> messages) {
    String session = wishes.session();
    int[] opening = openings.get(wishes.tools(), format::opening);
    TokenBuffer ids = new TokenBuffer().add(opening);
    List<Prompt.Region> results = new ArrayList<>();
    for (ChatMessage message : messages) {
      int from = ids.size();
      ids.add(tokens(session, message));
      if (message instanceof ToolExecutionResultMessage) {
        results.add(new Prompt.Region(from, ids.size()));
      }
    }
    ids.add(format.cue());
    return new Own(ids.toArray(), opening.length, List.copyOf(results), session);
  }

  private int[] tokens(@Nullable String session, ChatMessage message) {
    if (message instanceof AiMessage ai) {
      int[] turn = generated.find(session, ai);
      if (turn != null) {
        return turn;
      }
    }
    return rendered.get(message, this::tokens);
  }

  private int[] tokens(ChatMessage message) {
    int[] said = message instanceof AiMessage ai ? turnIds.of(ai) : null;
    return said == null ? format.message(message) : whole(said);
  }

  /** A turn with its cue and its end. */
  private int[] whole(int[] said) {
    TokenBuffer all = new TokenBuffer().add(format.cue()).add(said);
    return all.last() == format.end() ? all.toArray() : all.add(format.end()).toArray();
  }

  private final class Own implements Prompt {
    private final int[] ids;
    private final int opening;
    private final List<Region> results;
    private final @Nullable String session;

    Own(int[] ids, int opening, List<Region> results, @Nullable String session) {
      this.ids = ids;
      this.opening = opening;
      this.results = results;
      this.session = session;
    }

    @Override
    public int[] ids() {
      return ids;
    }

    @Override
    public int opening() {
      return opening;
    }

    @Override
    public List<Region> results() {
      return results;
    }

    @Override
    public boolean isThinking() {
      return false;
    }

    @Override
    public Kept remember(AiMessage message, Turn turn) {
      if (turn.said() == 0) {
        return new Kept(message, null);
      }
      int[] all = whole(turn.saidIds());
      generated.put(session, message, all);
      boolean isUsual = Arrays.equals(all, format.message(message));
      return new Kept(isUsual ? message : turnIds.attach(message, turn.saidIds()), null);
    }
  }
}
