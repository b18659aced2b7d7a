package dev.zhixing.engine.grammar;

import org.jspecify.annotations.Nullable;

/**
 * The bytes that complete a character, by what its lead byte allows: no overlong forms, no
 * surrogates, nothing beyond U+10FFFF. Source: RFC 3629, section 4.
 */
enum Utf8Tail implements Node {
  ONE(0x80, 0xbf),
  TWO(0x80, 0xbf),
  THREE(0x80, 0xbf),
  AFTER_E0(0xa0, 0xbf),
  AFTER_ED(0x80, 0x9f),
  AFTER_F0(0x90, 0xbf),
  AFTER_F4(0x80, 0x8f);

  private final int low;
  private final int high;

  Utf8Tail(int low, int high) {
    this.low = low;
    this.high = high;
  }

  /** What must follow a lead byte of 0x80 or more; null if no character begins with it. */
  static @Nullable Utf8Tail after(int lead) {
    if (lead < 0xc2 || lead > 0xf4) {
      return null;
    }
    if (lead < 0xe0) {
      return ONE;
    }
    if (lead < 0xf0) {
      return lead == 0xe0 ? AFTER_E0 : lead == 0xed ? AFTER_ED : TWO;
    }
    return lead == 0xf0 ? AFTER_F0 : lead == 0xf4 ? AFTER_F4 : THREE;
  }

  @Override
  public void enter(@Nullable Frame rest, Closure out) {
    out.add(this, rest);
  }

  @Override
  public void step(int value, @Nullable Frame rest, Closure out) {
    if (value < low || value > high) {
      return;
    }
    switch (this) {
      case ONE -> out.resume(rest);
      case TWO, AFTER_E0, AFTER_ED -> out.add(ONE, rest);
      case THREE, AFTER_F0, AFTER_F4 -> out.add(TWO, rest);
    }
  }
}
