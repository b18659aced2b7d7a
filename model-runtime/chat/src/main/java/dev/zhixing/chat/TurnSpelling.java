package dev.zhixing.chat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.zhixing.chat.format.CallShape;
import dev.zhixing.chat.format.Thinking;
import dev.zhixing.chat.format.TurnFormat;
import dev.zhixing.engine.grammar.Rule;
import dev.zhixing.engine.tokenizer.Tokenizer;
import dev.zhixing.engine.tokenizer.Utf8Stream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What tokens spell, held against a message: its words to the letter, the marks of thoughts and
 * calls around them, where white space is free, and no special token but those and the one that
 * ends the turn. One use, one thread.
 */
final class TurnSpelling {
  private final TurnFormat format;

  /** Characters, and special tokens as the complement of their ids. */
  private final int[] units;

  private int at;

  /**
   * @param ids of the vocabulary
   */
  TurnSpelling(Tokenizer tokenizer, TurnFormat format, int[] ids) {
    this.format = format;
    int last = ids.length - 1;
    boolean isEnded = last >= 0 && Arrays.stream(format.ends()).anyMatch(end -> end == ids[last]);
    TokenBuffer out = new TokenBuffer();
    Utf8Stream characters = Utf8Stream.of(tokenizer);
    for (int i = 0; i < (isEnded ? last : ids.length); i++) {
      if (tokenizer.isSpecial(ids[i])) {
        out.add(characters.finish().codePoints().toArray()).add(~ids[i]);
      } else {
        out.add(characters.feed(ids[i]).codePoints().toArray());
      }
    }
    units = out.add(characters.finish().codePoints().toArray()).toArray();
  }

  boolean isOf(AiMessage message) {
    boolean hasCalls = message.hasToolExecutionRequests();
    if (!thoughts(message) || !words(message.text()) || (hasCalls && !calls(message))) {
      return false;
    }
    if (hasCalls || message.text() == null) {
      skipSpace();
    }
    return at == units.length;
  }

  /** The thoughts, with the mark before them unless the cue had it. */
  private boolean thoughts(AiMessage message) {
    Thinking section = format.thinking();
    if (section == null) {
      return message.thinking() == null;
    }
    boolean isOpen = mark(section.open());
    boolean isThought = words(message.thinking());
    boolean isClosed = mark(section.close());
    boolean isAll = message.text() == null && !message.hasToolExecutionRequests();
    return isThought && (isClosed || isAll || (!isOpen && message.thinking() == null));
  }

  private boolean calls(AiMessage message) {
    CallShape shape = format.shape();
    String start = shape.trigger() + shape.open();
    for (ToolExecutionRequest call : message.toolExecutionRequests()) {
      if (!mark(start + shape.before())
          || !words(call.name())
          || !mark(shape.between())
          || !words(shape.written(call.arguments()))
          || !mark(shape.after())) {
        return false;
      }
      start = shape.separator();
    }
    return mark(shape.close());
  }

  /** Whether these words come next, behind any white space. */
  private boolean words(@Nullable String expected) {
    if (expected == null || expected.isEmpty()) {
      return true;
    }
    skipSpace();
    int[] characters = expected.codePoints().toArray();
    int end = at + characters.length;
    if (end > units.length || !Arrays.equals(units, at, end, characters, 0, characters.length)) {
      return false;
    }
    at = end;
    return true;
  }

  /** Whether this mark comes next, whatever white space it is written with. */
  private boolean mark(String expected) {
    int start = at;
    for (Rule part : format.spellings().rules(expected)) {
      boolean isThere =
          part instanceof Rule.Literal(String text)
              ? text.codePoints().allMatch(this::unit)
              : part instanceof Rule.Token(int id) && unit(~id);
      if (!isThere) {
        at = start;
        return false;
      }
    }
    return true;
  }

  private boolean unit(int expected) {
    if (Character.isWhitespace(expected)) {
      return true;
    }
    skipSpace();
    return at < units.length && units[at++] == expected;
  }

  private void skipSpace() {
    while (at < units.length && Character.isWhitespace(units[at])) {
      at++;
    }
  }
}
