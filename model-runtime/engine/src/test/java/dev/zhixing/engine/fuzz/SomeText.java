package dev.zhixing.engine.fuzz;

import dev.zhixing.engine.tokenizer.Tokenizer;
import dev.zhixing.engine.tokenizer.Utf8Stream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Text that a tokenizer of whatever vocabulary must get through. */
final class SomeText {
  private static final List<String> TEXTS =
      List.of(
          "",
          "Some text, it's 2024:\n\n  the light  is on\t",
          "你好，世界！ 灯▁▁é👩\u200d💻Ⅷ٣ \ud83d alone",
          "<|im_start|>user\n<s>[INST] <unk></s><0x41>[MASK] a<|end|>",
          "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");

  private SomeText() {}

  /**
   * Encodes and decodes, and checks what holds for any vocabulary: ids are within it, and ordinary
   * text makes no special token but the one for what cannot be spelt.
   */
  static void through(Tokenizer tokenizer) {
    Set<Integer> special = new HashSet<>();
    for (String text : TEXTS) {
      for (int id : back(tokenizer, tokenizer.encode(text))) {
        if (tokenizer.isSpecial(id)) {
          special.add(id);
        }
      }
      back(tokenizer, tokenizer.encodeTrusted(text));
      tokenizer.special(text);
    }
    if (special.size() > 1) {
      throw new AssertionError(
          "expected no special token of ordinary text but the unknown one, found " + special);
    }
    back(tokenizer, IntStream.range(0, tokenizer.size()).toArray());
  }

  private static int[] back(Tokenizer tokenizer, int[] ids) {
    Utf8Stream stream = Utf8Stream.of(tokenizer);
    for (int id : ids) {
      if (id < 0 || id >= tokenizer.size()) {
        throw new AssertionError(
            "expected ids in 0..%d, found %d".formatted(tokenizer.size() - 1, id));
      }
      stream.feed(id);
    }
    stream.finish();
    tokenizer.decode(ids);
    return ids;
  }
}
