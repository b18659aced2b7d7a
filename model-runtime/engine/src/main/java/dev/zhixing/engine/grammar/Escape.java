package dev.zhixing.engine.grammar;

import org.jspecify.annotations.Nullable;

/**
 * What may follow a backslash in a JSON string. A {@code \}{@code u} escape of a high surrogate
 * must be followed by one of a low surrogate. Source: RFC 8259, section 7.
 */
enum Escape implements Node {
  /** The backslash was written. */
  BEGUN,
  /** Four hexadecimal digits are missing. */
  HEX4,
  /** Three are, after a D: this one decides whether it is a surrogate. */
  AFTER_D,
  HEX3,
  HEX2,
  HEX1,
  /** Two digits of a high surrogate are missing. */
  HIGH2,
  HIGH1,
  /** The backslash of the low surrogate is missing, and so on. */
  LOW_BACKSLASH,
  LOW_U,
  LOW_D,
  LOW_C_TO_F;

  @Override
  public void enter(@Nullable Frame rest, Closure out) {
    out.add(this, rest);
  }

  @Override
  public void step(int value, @Nullable Frame rest, Closure out) {
    int digit = Character.digit(value, 16);
    switch (this) {
      case BEGUN -> begin(value, rest, out);
      case HEX4 -> go(digit >= 0, digit == 0xd ? AFTER_D : HEX3, rest, out);
      case AFTER_D -> go(digit >= 0 && digit < 0xc, digit < 8 ? HEX2 : HIGH2, rest, out);
      case HEX3 -> go(digit >= 0, HEX2, rest, out);
      case HEX2 -> go(digit >= 0, HEX1, rest, out);
      case HEX1 -> {
        if (digit >= 0) {
          out.resume(rest);
        }
      }
      case HIGH2 -> go(digit >= 0, HIGH1, rest, out);
      case HIGH1 -> go(digit >= 0, LOW_BACKSLASH, rest, out);
      case LOW_BACKSLASH -> go(value == '\\', LOW_U, rest, out);
      case LOW_U -> go(value == 'u', LOW_D, rest, out);
      case LOW_D -> go(digit == 0xd, LOW_C_TO_F, rest, out);
      case LOW_C_TO_F -> go(digit >= 0xc, HEX2, rest, out);
    }
  }

  private static void begin(int value, @Nullable Frame rest, Closure out) {
    if (value == 'u') {
      out.add(HEX4, rest);
    } else if ("\"\\/bfnrt".indexOf(value) >= 0) {
      out.resume(rest);
    }
  }

  private static void go(boolean fits, Escape next, @Nullable Frame rest, Closure out) {
    if (fits) {
      out.add(next, rest);
    }
  }
}
