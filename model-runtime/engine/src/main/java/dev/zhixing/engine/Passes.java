package dev.zhixing.engine;

import dev.zhixing.engine.transformer.Transformer;
import dev.zhixing.engine.transformer.Workspace;

/**
 * Memory for a session's passes and logits, up to some tens of megabytes once a long prompt was
 * read; nothing of one pass is needed by the next. One thread at a time.
 */
record Passes(Workspace work, Head head) {
  Passes(Transformer transformer) {
    this(new Workspace(transformer.config()), new Head(transformer));
  }

  /** Hands over the logits of some rows of the last pass, in order. */
  void each(int[] rows, Head.Taker taker) {
    head.each(rows, work, taker);
  }
}
