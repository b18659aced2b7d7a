package dev.zhixing.engine.tokenizer;

import java.util.Random;

/** Text of the kinds that trip tokenizers, from a fixed seed. */
final class RandomText {
  private static final String[] PIECES = {
    " ",
    "  ",
    "\n",
    "\r\n",
    "\t",
    "\u00a0",
    "\u3000",
    "\u2028",
    "'s",
    "'LL",
    "'re",
    "don't",
    "word",
    "Wörter",
    "ÉCOLE",
    "e\u0301",
    "42",
    "3.14",
    "１２",
    "½",
    "二〇二四",
    "〇",
    "客厅的灯",
    " 打开",
    "ﬁ",
    "ſ",
    "日本語です",
    "한국어",
    "हिन्दी",
    "😀",
    "👩\u200d💻",
    "\ud869\uded6",
    "$+<=>^~|",
    "...",
    "，。！",
    "{\"a\":1}",
    "<|end|>",
    "\u0000",
    "\u0085",
    "\u2e80",
    "々",
    "\ud81b\udff0",
    "\u302a",
    "_",
    "-",
    "\u200b",
    "٣",
    "Ⅷ"
  };

  private RandomText() {}

  /** Up to {@code pieces} pieces; some are arbitrary code points, none a lone surrogate. */
  static String of(Random random, int pieces) {
    StringBuilder text = new StringBuilder();
    int n = random.nextInt(pieces + 1);
    for (int i = 0; i < n; i++) {
      if (random.nextInt(4) > 0) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      } else {
        int c = random.nextInt(random.nextBoolean() ? 0x110000 : 0x3000);
        text.appendCodePoint(c >= 0xd800 && c < 0xe000 ? 'x' : c);
      }
    }
    return text.toString();
  }
}
