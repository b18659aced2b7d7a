package dev.zhixing.engine.tokenizer;

import java.util.List;

/** What a token of a vocabulary file is, as {@code tokenizer.ggml.token_type} numbers it. */
public enum TokenType {
  /** Ordinary text. */
  NORMAL(1),
  /** Stands for what the vocabulary cannot spell. */
  UNKNOWN(2),
  /** Structure of a conversation, such as the end of a turn; never part of ordinary text. */
  CONTROL(3),
  /** Added by a model's author beside the trained vocabulary; found in any text, not special. */
  USER_DEFINED(4),
  /** Padding of the vocabulary. */
  UNUSED(5),
  /** A single byte. */
  BYTE(6);

  private static final List<TokenType> ALL = List.of(values());

  private final int code;

  TokenType(int code) {
    this.code = code;
  }

  /** The number in the file, 1..6. */
  public int code() {
    return code;
  }

  /**
   * The type with that number.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static TokenType of(int code) {
    if (code >= 1 && code <= ALL.size()) {
      return ALL.get(code - 1); // as they are declared in the order of their codes
    }
    throw new IllegalArgumentException("token type: expected 1..6, found " + code);
  }

  /** Whether a token of this type stands outside ordinary text. */
  public boolean special() {
    return this == CONTROL || this == UNKNOWN || this == UNUSED;
  }
}
