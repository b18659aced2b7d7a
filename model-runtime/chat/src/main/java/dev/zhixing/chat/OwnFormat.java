package dev.zhixing.chat;

import dev.zhixing.chat.format.CallShape;
import dev.zhixing.chat.format.Spellings;
import dev.zhixing.chat.format.Thinking;
import dev.zhixing.chat.format.TurnFormat;
import dev.zhixing.engine.tokenizer.Tokenizer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How turns are written in the format {@code zhixing-1}, see {@link ConversationFormat}. */
final class OwnFormat implements TurnFormat {
  private final Spellings spellings;
  private final int[] ends;
  private final int[] marks;
  private final int[] structure;

  OwnFormat(Tokenizer tokenizer, ConversationFormat format) {
    spellings = new Spellings(tokenizer);
    ends = new int[] {format.end()};
    marks = new int[] {format.call()};
    structure =
        IntStream.range(0, tokenizer.size())
            .filter(id -> tokenizer.isSpecial(id) && id != format.end() && id != format.call())
            .toArray();
  }

  @Override
  public CallShape shape() {
    return CallShape.ZHIXING;
  }

  @Override
  public @Nullable Thinking thinking() {
    return null;
  }

  @Override
  public Spellings spellings() {
    return spellings;
  }

  @Override
  public int[] ends() {
    return ends;
  }

  @Override
  public int[] markTokens() {
    return marks;
  }

  @Override
  public int[] structure() {
    return structure;
  }

  @Override
  public boolean speaksBeforeCalls() {
    return true;
  }
}
