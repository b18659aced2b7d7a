package dev.zhixing.engine.decoding;

import dev.zhixing.engine.grammar.GrammarState;
import dev.zhixing.engine.tokenizer.Tokenizer;
import dev.zhixing.engine.tokenizer.Utf8Stream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Proposes the tokens that spell what a grammar forces, in the pieces that the tokenizer makes of
 * the text, which are the ones that a model was trained on. A wrong proposal costs a part of a pass
 * and never changes the text.
 */
final class Drafter {
  /** Tokens before the draft that are looked at to cut it in the same place as a whole text. */
  private static final int CONTEXT = 16;

  private final Tokenizer vocabulary;
  private final List<Integer> context = new ArrayList<>();

  Drafter(Tokenizer vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** Takes note of a token of the text. */
  void written(int id) {
    if (vocabulary.isSpecial(id)) {
      context.clear();
      return;
    }
    if (context.size() == CONTEXT) {
      context.removeFirst();
    }
    context.add(id);
  }

  /** Up to {@code most} tokens that are likely to come in {@code state}. */
  int[] propose(GrammarState state, int most) {
    GrammarState at = state.copy();
    List<Integer> before = new ArrayList<>(context);
    List<Integer> draft = new ArrayList<>();
    boolean more = true;
    while (more && draft.size() < most) {
      int sole = at.soleToken();
      if (sole >= 0 && vocabulary.isSpecial(sole)) {
        at.accept(sole);
        draft.add(sole);
        before.clear();
      } else {
        more = spell(at, before, draft);
      }
    }
    return draft.stream().limit(most).mapToInt(Integer::intValue).toArray();
  }

  /** Adds the pieces of the text that is forced now; false if there is none. */
  private boolean spell(GrammarState at, List<Integer> before, List<Integer> draft) {
    String text = new Utf8Stream().feed(at.forced());
    if (text.isEmpty()) {
      return false;
    }
    int[] pieces = pieces(before, text);
    GrammarState end = at.copy();
    boolean closed = acceptAll(end, pieces) && specialFollows(end);
    int certain = closed || staysWhole(text, pieces) ? pieces.length : pieces.length - 1;
    for (int i = 0; i < certain; i++) {
      if (!at.allows(pieces[i])) {
        return false;
      }
      at.accept(pieces[i]);
      before.add(pieces[i]);
      draft.add(pieces[i]);
    }
    return certain == pieces.length;
  }

  /** The pieces of {@code text}, cut as behind the tokens before it where those stay the same. */
  private int[] pieces(List<Integer> before, String text) {
    int[] context = before.stream().mapToInt(Integer::intValue).toArray();
    int[] whole = vocabulary.encode(vocabulary.decode(context) + text);
    boolean same =
        whole.length > context.length
            && Arrays.equals(whole, 0, context.length, context, 0, context.length);
    return same ? Arrays.copyOfRange(whole, context.length, whole.length) : vocabulary.encode(text);
  }

  /** Whether the last piece stays as it is before a letter and before a digit. */
  private boolean staysWhole(String text, int[] pieces) {
    int[] alone = vocabulary.encode(text);
    int[] letter = vocabulary.encode(text + "a");
    int[] digit = vocabulary.encode(text + "0");
    int last = pieces[pieces.length - 1];
    int at = alone.length - 1;
    return alone[at] == last
        && at < letter.length
        && letter[at] == last
        && at < digit.length
        && digit[at] == last;
  }

  private static boolean acceptAll(GrammarState state, int[] ids) {
    for (int id : ids) {
      if (!state.allows(id)) {
        return false;
      }
      state.accept(id);
    }
    return true;
  }

  private boolean specialFollows(GrammarState state) {
    int sole = state.soleToken();
    return state.mustStop() || (sole >= 0 && vocabulary.isSpecial(sole));
  }
}
