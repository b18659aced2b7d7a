package dev.zhixing.chat;

import dev.zhixing.chat.format.TurnFormat;
import dev.zhixing.engine.decoding.DecodingCounts;
import dev.zhixing.engine.tokenizer.Tokenizer;
import dev.zhixing.engine.tokenizer.Utf8Stream;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a turn of the tokens that a model writes, one by one. One use, one thread. */
final class TurnBuilder {
  private final Tokenizer tokenizer;
  private final TurnFormat format;
  private final TurnReader reader;
  private final Utf8Stream characters;
  private final TokenBuffer ids = new TokenBuffer();
  private final BitSet ends = new BitSet();
  private final BitSet marks = new BitSet();
  private int said;

  TurnBuilder(Tokenizer tokenizer, TurnFormat format, TurnReader reader) {
    this.tokenizer = tokenizer;
    this.characters = Utf8Stream.of(tokenizer);
    this.format = format;
    this.reader = reader;
    for (int id : format.ends()) {
      ends.set(id);
    }
    for (int id : format.markTokens()) {
      marks.set(id);
    }
  }

  /** How many tokens there are. */
  int size() {
    return ids.size();
  }

  /** Takes the next token; how the turn ends with it, or null where it goes on. */
  Turn.@Nullable End accept(int id) {
    ids.add(id);
    if (ends.get(id)) {
      said = ids.size();
      return Turn.End.TURN;
    }
    int calls = reader.calls().size();
    read(id);
    if (reader.isStopped()) {
      return Turn.End.STOP_SEQUENCE;
    }
    if (!reader.isCalling() || reader.calls().size() > calls) {
      said = ids.size();
    }
    return null;
  }

  private void read(int id) {
    if (marks.get(id)) {
      reader.feed(characters.finish());
      reader.feedSpecial(format.spellings().spelling(id));
    } else if (!tokenizer.isSpecial(id) || !looksLikeControl(id)) {
      reader.feed(characters.feed(id));
    }
  }

  private boolean looksLikeControl(int id) {
    byte[] bytes = tokenizer.bytes(id);
    return bytes.length > 2 && bytes[0] == '<' && bytes[bytes.length - 1] == '>';
  }

  /** The turn, after its last token. */
  Turn turn(DecodingCounts counts, Turn.End end, Duration prefill, Duration decode) {
    reader.feed(characters.finish());
    reader.finish();
    int whole =
        switch (end) {
          case TURN -> ids.size();
          case STOP_SEQUENCE -> 0;
          case LIMIT -> said;
        };
    return new Turn(
        reader.thoughts(),
        reader.text(),
        List.copyOf(reader.calls()),
        ids.toArray(),
        counts,
        end,
        whole,
        prefill,
        decode);
  }
}
