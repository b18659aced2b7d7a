package dev.zhixing.engine.fuzz;

import dev.zhixing.engine.gguf.GgufException;
import dev.zhixing.engine.tokenizer.Tokenizer;
import dev.zhixing.engine.tokenizer.Utf8Stream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Any text, in the tokens of sound vocabularies of every kind. An input's first byte chooses the
 * vocabulary and, by its highest bit, whether the rest is UTF-16 or UTF-8.
 */
public final class TextFuzz {
  private static final List<Tokenizer> TOKENIZERS = SoundVocabularies.all();

  private TextFuzz() {}

  /** Reads an input. */
  public static void fuzzerTestOneInput(byte[] input) {
    isTaken(input);
  }

  static boolean isTaken(byte[] input) {
    if (input.length == 0) {
      return true;
    }
    Tokenizer tokenizer = TOKENIZERS.get((input[0] & 0x7f) % TOKENIZERS.size());
    String text = text(input);
    return HostileInput.isTaken(
        GgufException.class, "", input.length, () -> check(tokenizer, text));
  }

  private static String text(byte[] input) {
    ByteBuffer rest = ByteBuffer.wrap(input, 1, input.length - 1);
    return input[0] < 0
        ? rest.slice().asCharBuffer().toString()
        : StandardCharsets.UTF_8.decode(rest).toString();
  }

  private static void check(Tokenizer tokenizer, String text) {
    int[] ids = tokenizer.encode(text);
    for (int id : ids) {
      if (tokenizer.isSpecial(id) && !tokenizer.decode(id).equals(SoundVocabularies.UNKNOWN)) {
        throw new AssertionError("expected ordinary tokens, found " + tokenizer.decode(id));
      }
    }
    String decoded = tokenizer.decode(ids);
    if (!SoundVocabularies.isOfWords(tokenizer)) { // which decoding parts by spaces
      Utf8Stream stream = Utf8Stream.of(tokenizer);
      StringBuilder streamed = new StringBuilder();
      for (int id : ids) {
        streamed.append(stream.feed(id));
      }
      expect("the stream to say", decoded, streamed.append(stream.finish()).toString());
    }
    if (SoundVocabularies.isLossless(tokenizer)) {
      expect("the text back", whole(text), decoded);
    }
  }

  /** The text with U+FFFD for lone surrogates, as they are encoded. */
  private static String whole(String text) {
    StringBuilder whole = new StringBuilder();
    text.codePoints()
        .map(c -> Character.getType(c) == Character.SURROGATE ? 0xfffd : c)
        .forEach(whole::appendCodePoint);
    return whole.toString();
  }

  private static void expect(String what, String expected, String found) {
    if (!found.equals(expected)) {
      throw new AssertionError(
          "expected %s: %s, found %s"
              .formatted(
                  what,
                  Arrays.toString(expected.codePoints().toArray()),
                  Arrays.toString(found.codePoints().toArray())));
    }
  }
}
