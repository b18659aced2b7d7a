package dev.zhixing.engine.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Text from the bytes of tokens as they come: hands out whole characters only and keeps the
 * beginning of one until its rest arrives. Malformed bytes become U+FFFD, as in {@link
 * String#String(byte[], java.nio.charset.Charset)}. For one thread at a time.
 */
public final class Utf8Stream {
  private final @Nullable Tokenizer tokenizer;
  private byte[] pending = new byte[0];
  private boolean dropsSpace;

  /** A stream of bytes. */
  public Utf8Stream() {
    tokenizer = null;
  }

  private Utf8Stream(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
    this.dropsSpace = tokenizer.addsSpace();
  }

  /**
   * A stream of tokens that begin a text: where {@code tokenizer} puts a space before text, the
   * first one's is dropped.
   */
  public static Utf8Stream of(Tokenizer tokenizer) {
    return new Utf8Stream(tokenizer);
  }

  /**
   * The characters that the token {@code id} completes, possibly none.
   *
   * @throws IllegalStateException if the stream was made without a tokenizer
   */
  public String feed(int id) {
    if (tokenizer == null) {
      throw new IllegalStateException(
          "a stream of bytes was fed a token; make it with of(tokenizer)");
    }
    byte[] bytes = tokenizer.bytes(id);
    boolean drop = dropsSpace && !tokenizer.isSpecial(id) && bytes.length > 0 && bytes[0] == ' ';
    dropsSpace = dropsSpace && tokenizer.isSpecial(id);
    return feed(drop ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
  }

  /** The characters that {@code bytes} complete, possibly none. */
  public String feed(byte[] bytes) {
    byte[] all = pending;
    if (all.length == 0) {
      all = bytes;
    } else {
      all = Arrays.copyOf(pending, pending.length + bytes.length);
      System.arraycopy(bytes, 0, all, pending.length, bytes.length);
    }
    int whole = all.length - open(all);
    pending = Arrays.copyOfRange(all, whole, all.length);
    return new String(all, 0, whole, StandardCharsets.UTF_8);
  }

  /** What is left at the end: U+FFFD for a character that never became whole, else nothing. */
  public String finish() {
    String rest = new String(pending, StandardCharsets.UTF_8);
    pending = new byte[0];
    return rest;
  }

  /** How many bytes at the end begin a character that may yet become whole, 0..3. */
  private static int open(byte[] bytes) {
    for (int n = 1; n <= Math.min(3, bytes.length); n++) {
      int b = bytes[bytes.length - n] & 0xff;
      if (b >= 0xc0) {
        boolean begun = n == 1 || secondFits(b, bytes[bytes.length - n + 1] & 0xff);
        return length(b) > n && begun ? n : 0;
      }
      if (b < 0x80) {
        return 0;
      }
    }
    return 0;
  }

  private static int length(int lead) {
    if (lead < 0xc2 || lead > 0xf4) {
      return 0;
    }
    return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  }

  /** Neither an overlong form nor beyond U+10FFFF; Java makes one U+FFFD of a whole surrogate. */
  private static boolean secondFits(int lead, int second) {
    return switch (lead) {
      case 0xe0 -> second >= 0xa0;
      case 0xf0 -> second >= 0x90;
      case 0xf4 -> second < 0x90;
      default -> true;
    };
  }
}
