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

  /** Next characters that are all tried; where more are allowed, a letter and a digit are. */
  private static final int FEW = 12;

  private final Tokenizer vocabulary;
  private final List<Integer> context = new ArrayList<>();
  private final int[] ascii = new int[128]; // the tokens of single characters, once looked up

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
    boolean whole = acceptAll(end, pieces) && (specialFollows(end) || staysWhole(text, end));
    int certain = whole ? pieces.length : pieces.length - 1;
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

  /** Whether the last piece stays as it is, whichever character comes in {@code end}. */
  private boolean staysWhole(String text, GrammarState end) {
    int[] pieces = vocabulary.encode(text);
    StringBuilder followers = new StringBuilder();
    for (char c = ' '; c < 127 && followers.length() <= FEW; c++) {
      if (end.allows(token(c))) {
        followers.append(c);
      }
    }
    String tried =
        followers.length() > FEW ? "a0" : followers.toString(); // free text: mostly these
    for (int i = 0; i < tried.length(); i++) {
      int[] longer = vocabulary.encode(text + tried.charAt(i));
      if (longer.length <= pieces.length
          || longer[pieces.length - 1] != pieces[pieces.length - 1]) {
        return false;
      }
    }
    return true;
  }

  private int token(char c) {
    if (ascii[c] == 0) {
      ascii[c] = vocabulary.encode(String.valueOf(c))[0] + 1;
    }
    return ascii[c] - 1;
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
