package dev.zhixing.engine;

import dev.zhixing.engine.transformer.Transformer;
import dev.zhixing.engine.transformer.Workspace;
import java.util.Arrays;

/**
 * Computes the logits of rows of a pass, several of them with each reading of the head's weights.
 * One thread at a time.
 */
final class Head {
  private static final int MOST_ROWS = 16;

  /** Logits computed at once: 16 MiB, unless those of one row are more. */
  private static final int MOST_NUMBERS = 1 << 22;

  private final Transformer transformer;
  private final int vocabulary;
  private float[] logits = {}; // [vocabulary], handed out
  private float[] several = {}; // [rows][vocabulary]

  /** Takes the logits of one row. */
  interface Taker {
    /**
     * Takes them.
     *
     * @param index which of the rows, from 0
     * @param logits valid during the call; may be changed
     */
    void take(int index, float[] logits);
  }

  Head(Transformer transformer) {
    this.transformer = transformer;
    this.vocabulary = transformer.config().vocabularySize();
  }

  /** Returns the logits of one row; the same array each time. */
  float[] of(int row, Workspace work) {
    makeRoom();
    transformer.logits(row, logits, work);
    return logits;
  }

  private void makeRoom() {
    if (logits.length == 0) {
      logits = new float[vocabulary];
    }
  }

  /** Hands over the logits of some rows of the last pass, in order. */
  void each(int[] rows, Workspace work, Taker taker) {
    int group = Math.clamp(MOST_NUMBERS / vocabulary, 1, MOST_ROWS);
    for (int from = 0; from < rows.length; from += group) {
      int count = Math.min(group, rows.length - from);
      if (count == 1) {
        taker.take(from, of(rows[from], work));
      } else {
        several(Arrays.copyOfRange(rows, from, from + count), work);
        for (int i = 0; i < count; i++) {
          System.arraycopy(several, i * vocabulary, logits, 0, vocabulary);
          taker.take(from + i, logits);
        }
      }
    }
  }

  private void several(int[] rows, Workspace work) {
    makeRoom();
    if (several.length < rows.length * vocabulary) {
      several = new float[rows.length * vocabulary];
    }
    transformer.logits(rows, several, work);
  }
}
