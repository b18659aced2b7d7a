package dev.zhixing.engine.grammar;

import dev.zhixing.engine.tokenizer.ByteAlphabet;
import dev.zhixing.engine.tokenizer.BytePairTokenizer;
import dev.zhixing.engine.tokenizer.BytePairVocabulary;
import dev.zhixing.engine.tokenizer.TokenType;
import dev.zhixing.engine.tokenizer.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** Small vocabularies whose tokens cut JSON and UTF-8 in awkward places. */
public final class TestVocabulary {
  public static final int PAD = 0;
  public static final int END = 1;
  public static final int CALL = 2;

  private static final String[] PIECES = {
    "{\"", "\":", "\":\"", "\",\"", "\"}", "},{", "[{", "}]", "\"]", "[\"", "[]", "{}", "true",
        "false", "null", "tr",
    "alse", "room", "_room", "kitchen", "set_", "light", "state", "on", "off", "-1", "10", "12",
        "0.", ".5", "00", "99",
    "\\u", "\\\"", "\\\\", "\\n", "\\ud83d", "\\ude00", "u00", "d8", "DC", " the", " ", "a\"",
        "\"a", "灯", "客厅", "灯\"",
    "\u0001x", "\n", "é", "\",", "1,", ",2", "]}", "}}", "1}", "p0", "p1\":", "\"p", "-",
        "aaaaaaaaaaaaaaaa"
  };

  private static final List<String> MERGES =
      List.of("o n", "t r", "{ \"", "\" :", "\": \"", "\" ,", "\", \"", "\" }");

  private TestVocabulary() {}

  /** Three special tokens, the bytes, JSON pieces, ends and beginnings of characters. */
  public static Tokenizer tokenizer() {
    return tokenizer(0);
  }

  /** The first {@code size} tokens, as many as a small model has. */
  public static Tokenizer first(int size) {
    BytePairVocabulary all = ((BytePairTokenizer) tokenizer()).vocabulary();
    return new BytePairTokenizer(
        new BytePairVocabulary(
            all.tokens().subList(0, size),
            all.types().subList(0, size),
            all.merges().stream().filter(merge -> isWithin(all, merge, size)).toList(),
            all.preTokenizer(),
            all.bos(),
            all.eos(),
            all.addBos()));
  }

  private static boolean isWithin(BytePairVocabulary all, String merge, int size) {
    List<String> tokens = all.tokens().subList(0, size);
    return Stream.of(merge.split(" ", 2)).allMatch(tokens::contains)
        && tokens.contains(merge.replace(" ", ""));
  }

  /** The same and {@code more} random strings. */
  public static Tokenizer tokenizer(int more) {
    Set<String> spelt = new LinkedHashSet<>();
    for (int b = 0; b < 256; b++) {
      spelt.add(String.valueOf(ByteAlphabet.spell(b)));
    }
    for (String piece : PIECES) {
      spelt.add(ByteAlphabet.spell(piece.getBytes(StandardCharsets.UTF_8)));
    }
    byte[][] halves = {
      {(byte) 0xe7, (byte) 0x81},
      {(byte) 0x81, (byte) 0xaf},
      {(byte) 0xf0, (byte) 0x9f},
      {(byte) 0xed, (byte) 0xa0},
      {(byte) 0xe0, (byte) 0x80},
      {(byte) 0xc3, (byte) 0xa9, (byte) 0xe7},
      {(byte) 0xaf, '"'},
      {'a', (byte) 0xf4},
      {(byte) 0x90, (byte) 0x80}
    };
    for (byte[] half : halves) {
      spelt.add(ByteAlphabet.spell(half));
    }
    Random random = new Random(23);
    while (spelt.size() < 256 + PIECES.length + halves.length + more) {
      byte[] bytes = new byte[2 + random.nextInt(8)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] =
            (byte)
                (random.nextInt(12) == 0
                    ? "\"{}[]:,\\".charAt(random.nextInt(8))
                    : 'a' + random.nextInt(26));
      }
      spelt.add(ByteAlphabet.spell(bytes));
    }
    List<String> tokens = new ArrayList<>(List.of("<|pad|>", "<|end|>", "<|call|>"));
    tokens.addAll(spelt);
    List<TokenType> types = new ArrayList<>();
    for (int id = 0; id < tokens.size(); id++) {
      types.add(id < 3 ? TokenType.CONTROL : TokenType.NORMAL);
    }
    return new BytePairTokenizer(
        new BytePairVocabulary(
            tokens, types, MERGES, "zhixing", OptionalInt.empty(), OptionalInt.of(END), false));
  }
}
