package dev.zhixing.engine.tokenizer;

import java.util.OptionalInt;

/**
 * Turns text into token ids and back.
 *
 * <p>A tokenizer is immutable and safe for use by all threads. Ids are in the range 0 to {@link
 * #size()} - 1; methods that take an id throw {@link IndexOutOfBoundsException} for any other.
 */
public interface Tokenizer {
  /** Returns the number of tokens in the vocabulary. */
  int size();

  /**
   * Encodes text that is not trusted, such as a request or a tool's result: the spelling of a
   * special token in it is ordinary text; a user-defined one, such as a run of spaces, is found. No
   * token is added at the beginning or the end.
   */
  int[] encode(String text);

  /**
   * Encodes text that the program itself wrote, such as a template: the spelling of a special token
   * in it becomes that token. No token is added at the beginning or the end.
   */
  int[] encodeTrusted(String text);

  /**
   * Returns the raw bytes of a token, a special token's spelling in UTF-8. They may be a part of a
   * character only. The array may be the tokenizer's own: do not modify it.
   */
  byte[] bytes(int id);

  /** Says whether a token is special, that is, not part of ordinary text. */
  boolean isSpecial(int id);

  /**
   * Returns the id of the special or user-defined token with this spelling, such as {@code
   * <|end|>}.
   */
  OptionalInt special(String spelling);

  /** Returns the token that begins a document, if the vocabulary has one. */
  OptionalInt bos();

  /** Returns the token that ends a turn or a document, if the vocabulary has one. */
  OptionalInt eos();

  /** Says whether the model expects {@link #bos()} before the first token of a document. */
  boolean addBos();

  /** Says whether the model expects {@link #eos()} behind the last token of a document. */
  default boolean addEos() {
    return false;
  }

  /**
   * Says whether {@link #encode} puts a space before text, as SentencePiece does. {@link #decode}
   * and {@link Utf8Stream#of} take it away again; who joins {@link #bytes} has to do it himself.
   */
  default boolean addsSpace() {
    return false;
  }

  /**
   * Decodes tokens to text, special tokens as their spelling. Bytes that are not valid UTF-8 become
   * U+FFFD.
   */
  String decode(int... ids);
}
