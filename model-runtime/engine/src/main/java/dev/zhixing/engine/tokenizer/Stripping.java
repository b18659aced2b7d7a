package dev.zhixing.engine.tokenizer;

import java.util.Locale;

/**
 * Which special tokens swallow the white space beside them. Model files do not say it; engines tell
 * it from the names of model and pre-tokenizer, and so does this one.
 */
enum Stripping {
  /** None. */
  NONE,
  /** Those of a conversation swallow what follows, as in Phi-3. */
  PHI3,
  /** The mask swallows what precedes it, as in encoders with byte-level BPE. */
  MASK;

  static Stripping of(String model, String preTokenizer) {
    if (preTokenizer.startsWith("jina-v2-")) {
      return MASK;
    }
    if (model.isEmpty()) {
      return NONE;
    }
    String name = model.toLowerCase(Locale.ROOT);
    if (name.contains("phi-3") || name.contains("phi3")) {
      return PHI3;
    }
    return name.contains("modern-bert") ? MASK : NONE;
  }

  boolean before(String spelling) {
    return this == MASK && (spelling.equals("<mask>") || spelling.equals("[MASK]"));
  }

  boolean behind(String spelling) {
    return this == PHI3
        && !spelling.equals("<unk>")
        && !spelling.equals("<s>")
        && !spelling.equals("<|endoftext|>");
  }
}
