package dev.zhixing.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Sentences for comparisons of encoders: some written by hand, the rest drawn, seeded. */
final class Sentences {
  private static final List<String> WRITTEN =
      List.of(
          "a",
          "Hello, world!",
          "What's the weather like in Köln, Zürich and São Paulo?",
          "The quick brown fox jumps over the lazy dog.",
          "naïve façade — “quoted” … résumé №5 ½ ﬁne ①",
          "请把客厅的灯打开。",
          "我想知道明天上海的天气，温度大概是多少？",
          "机器学习（machine learning）是人工智能的一个分支。",
          "𠀀𪛖𫝀𫠠𬺡 丽 㐀䶵 豈龎",
          "ｆｕｌｌｗｉｄｔｈ ＡＢＣ１２３ ﾊﾝｶｸ ｶﾀｶﾅ",
          "👩‍👩‍👧‍👦 family, 🇨🇳 flag, 👍🏽 skin, ❤️ heart, 🦾🫠",
          "zero\u200bwidth\u200djoiner\ufeff and soft\u00adhyphen",
          "tab\tnewline\nreturn\r\u0000null\u0007bell\u000bvt\u000cff\u0085nel\u2028ls\ufffd",
          "ΑΒΓ ΣΊΣΥΦΟΣ İstanbul IĞDIR ẞ ǅ",
          "e\u0301 a\u0308\u0323 o\u0302\u0301 \u0627\u064e\u0628 \u05d1\u05bc \u0e01\u0e34",
          "Привет, мир! Ёлка и йод. Україна",
          "こんにちは世界。がぎぐげご パピプペポ",
          "안녕하세요 세계 \u1112\u1161\u11ab\u1100\u1173\u11af",
          "नमस्ते दुनिया, வணக்கம் உலகம், สวัสดีชาวโลก",
          "https://example.com/a_b?c=d&e=%20#frag user@example.com C:\\dir\\file.txt",
          "if (x <= 10 && y != null) { return x ^ ~y | z; } // done",
          "x".repeat(100) + " " + "y".repeat(101) + " " + "é".repeat(100) + " z",
          "antidisestablishmentarianism pneumonoultramicroscopicsilicovolcanoconiosis",
          "$100 £20 ¥3,000 €5.50 ₿1 + − × ÷ ≠ ≤ ∞ ∑ √ § ¶ † ‡ •",
          "## ##ing [CLS is no token] ▁ _ ` ´ ¨ ^",
          "1234567890 3.14159 1e-9 0xFF 2024-01-31T23:59:59Z",
          "  many   spaces\u3000\u2003\u00a0here  ");

  private static final String[] ENGLISH =
      ("the of and to in is that for it as was with be by on not he his but at are this have from"
              + " or had an they which one you were her all she there would their we him been has"
              + " when who will more no if out so said what up its about into than them can only"
              + " other new some could time these two may then do first any my now such like our"
              + " over man me even most made after also did many before must through back years"
              + " where much your way well down should because each just those people Mr how too"
              + " kitchen temperature transistor photosynthesis unbelievable Reykjavík blockchain"
              + " tokenization hyperparameters don't it's Schrödinger's GPU kubernetes")
          .split(" ");
  private static final String[] CHINESE =
      ("我们 你好 天气 温度 客厅 打开 关闭 今天 明天 上海 北京 机器 学习 模型 中国 经济 发展 问题"
              + " 研究 的 了 是 在 和 有 不 人 这 大 为 上 个 国 以 说 到 要 子 时 道 出 而 于 就 下 得 可 你 年"
              + " 生 龘 靐 齉 㗊 量子 计算 苹果 公司 股票 航班 延误 退款 订单 快递 鑫森淼焱垚")
          .split(" ");
  private static final String[] MIXED = {
    "😀",
    "🎉🎉",
    "👨‍💻",
    "🏳️‍🌈",
    "❤️",
    "①②③",
    "ＡＢＣ",
    "ｱｲｳ",
    "한국어",
    "日本語の",
    "カタカナ",
    "Привет",
    "мир",
    "Ελλάδα",
    "עברית",
    "العربية",
    "हिन्दी",
    "ไทย",
    "café",
    "Ångström",
    "ﬃ",
    "№",
    "½",
    "100%",
    "3.5",
    "don’t",
    "——",
    "……",
    "「引」",
    "（注）",
    "、",
    "。",
    "，",
    "!",
    "?",
    ";",
    "\u200d",
    "\u0301",
    "\t",
    "\n",
    "\u0007",
    "\u3000",
    "𠮷",
    "𝒳𝓎",
    "x".repeat(120),
    "a_b",
    "C++",
    "@user",
    "#tag"
  };

  private final SplittableRandom random;

  private Sentences(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Returns as many sentences, of one to about 200 tokens, mostly of one language. */
  static List<String> of(boolean chinese, int count, long seed) {
    Sentences sentences = new Sentences(seed);
    List<String> all = new ArrayList<>(WRITTEN);
    while (all.size() < count) {
      int words = 1 + sentences.random.nextInt(all.size() % 3 == 0 ? 150 : 25);
      all.add(sentences.draw(chinese, words));
    }
    return all.subList(0, count);
  }

  /** Returns a sentence of words of one language, with other things among them. */
  private String draw(boolean chinese, int words) {
    int strange = random.nextInt(5);
    StringBuilder sentence = new StringBuilder();
    for (int i = 0; i < words; i++) {
      int kind = random.nextInt(20);
      if (kind < strange) {
        sentence.append(pick(MIXED));
      } else if (kind == 19) {
        sentence.appendCodePoint(letter());
      } else {
        sentence.append(pick(chinese == (kind != 18) ? CHINESE : ENGLISH));
      }
      if (!chinese || random.nextInt(6) == 0) {
        sentence.append(random.nextInt(12) == 0 ? ", " : " ");
      }
    }
    return sentence.toString().isBlank() ? "blank" : sentence.toString();
  }

  private String pick(String[] words) {
    return words[random.nextInt(words.length)];
  }

  /** Any character that may stand in a text: not a half of a pair. */
  private int letter() {
    int c = random.nextInt(0x21, random.nextBoolean() ? 0x3000 : 0x20000);
    return c >= 0xd800 && c < 0xe000 ? 'x' : c;
  }
}
