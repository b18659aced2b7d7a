package dev.zhixing.chat;

import dev.zhixing.chat.template.MarkedText;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A conversation up to the end of a turn that the model generated, as text and as tokens: what the
 * turn before it does not have yet. Immutable.
 *
 * @param before up to the generated turn before this one, null for the first
 * @param text the rendered text, the generated turn as the template writes it
 * @param ids the tokens, the generated ones as they were generated
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record TemplateThread(@Nullable TemplateThread before, MarkedText text, int[] ids) {

  int textLength() {
    int length = 0;
    for (TemplateThread at = this; at != null; at = at.before) {
      length += at.text.text().length();
    }
    return length;
  }

  int idCount() {
    int count = 0;
    for (TemplateThread at = this; at != null; at = at.before) {
      count += at.ids.length;
    }
    return count;
  }

  int[] allIds() {
    int[] all = new int[idCount()];
    int end = all.length;
    for (TemplateThread at = this; at != null; at = at.before) {
      end -= at.ids.length;
      System.arraycopy(at.ids, 0, all, end, at.ids.length);
    }
    return all;
  }

  /** The latest of this thread's turns up to which a rendered text is the same; null for none. */
  @Nullable TemplateThread agreeing(MarkedText rendered) {
    Deque<TemplateThread> fromStart = new ArrayDeque<>();
    for (TemplateThread at = this; at != null; at = at.before) {
      fromStart.push(at);
    }
    TemplateThread best = null;
    int place = 0;
    for (TemplateThread at : fromStart) {
      if (!rendered.hasAt(place, at.text)) {
        break;
      }
      best = at;
      place += at.text.text().length();
    }
    return best;
  }
}
