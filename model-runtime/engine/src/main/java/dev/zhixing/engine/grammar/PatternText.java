package dev.zhixing.engine.grammar;

import org.jspecify.annotations.Nullable;

/**
 * Text that an automaton over code points accepts, from one of its states on.
 *
 * @param quoted whether it is the body of a JSON string, which its closing quote ends; characters
 *     that JSON escapes are written as escapes then, and others as they are
 */
record PatternText(CharDfa dfa, int state, boolean quoted) implements Node {
  private static final String SHORT = "bfnrt\"\\";
  private static final String MEANT = "\b\f\n\r\t\"\\";

  @Override
  public void enter(@Nullable Frame rest, Closure out) {
    if (quoted) {
      out.add(this, rest);
      return;
    }
    if (dfa.accepts(state)) {
      out.resume(rest);
    }
    if (dfa.goesOn(state)) {
      out.add(this, rest);
    }
  }

  @Override
  public void step(int value, @Nullable Frame rest, Closure out) {
    if (quoted && value == '"') {
      if (dfa.accepts(state)) {
        out.resume(rest);
      }
    } else if (quoted && value == '\\') {
      if (hasEscapes()) {
        out.add(new Escaped(this, 0, 0), rest);
      }
    } else if (value < 0x80 && !(quoted && value < 0x20)) {
      go(value, rest, out);
    } else if (value >= 0xc2 && value <= 0xf4) {
      int more = value < 0xe0 ? 1 : value < 0xf0 ? 2 : 3;
      int bits = value & (0x3f >> more);
      int low = more == 1 ? 0x80 : more == 2 ? 0x800 : 0x10000;
      addTail(new Tail(this, bits, more, low), Utf8Tail.after(value), rest, out);
    }
  }

  private boolean hasEscapes() {
    return dfa.leadsOn(state, 0, 0x1f) || dfa.next(state, '"') >= 0 || dfa.next(state, '\\') >= 0;
  }

  /**
   * Waits for the rest of a character if it can still become one that may come. Where all of those
   * lead to the same state, it does not matter which bits are known, and {@code left} will do.
   */
  private void addTail(Tail tail, @Nullable Utf8Tail left, @Nullable Frame rest, Closure out) {
    int span = 6 * tail.more();
    int from = Math.max(tail.low(), tail.bits() << span);
    int to = Math.min(0x10ffff, ((tail.bits() + 1) << span) - 1);
    if (from >= 0xd000 && to <= 0xdfff) {
      to = Math.min(to, 0xd7ff); // what follows are surrogates, which UTF-8 does not have
    }
    int next = from > to ? CharDfa.DEAD : dfa.common(state, from, to);
    if (next == CharDfa.MIXED) {
      out.add(tail, rest);
    } else if (next >= 0 && left != null) {
      left.enter(new Frame(new PatternText(dfa, next, quoted), rest), out);
    }
  }

  /** Goes on behind a code point if it may come next. */
  private void go(int codePoint, @Nullable Frame rest, Closure out) {
    int next = dfa.next(state, codePoint);
    if (next >= 0) {
      new PatternText(dfa, next, quoted).enter(rest, out);
    }
  }

  /** A character of which bytes are missing: {@code more} of them behind the bits so far. */
  record Tail(PatternText before, int bits, int more, int low) implements Node {
    @Override
    public void enter(@Nullable Frame rest, Closure out) {
      out.add(this, rest);
    }

    @Override
    public void step(int value, @Nullable Frame rest, Closure out) {
      if ((value & 0xc0) != 0x80) {
        return;
      }
      int now = (bits << 6) | (value & 0x3f);
      if (more > 1) {
        Utf8Tail left = more == 2 ? Utf8Tail.ONE : Utf8Tail.TWO;
        before.addTail(new Tail(before, now, more - 1, low), left, rest, out);
      } else if (now >= low && now <= 0x10ffff && (now < 0xd800 || now > 0xdfff)) {
        before.go(now, rest, out);
      }
    }
  }

  /** An escape of which {@code digits} characters and their value are known. */
  record Escaped(PatternText before, int digits, int value) implements Node {
    @Override
    public void enter(@Nullable Frame rest, Closure out) {
      out.add(this, rest);
    }

    @Override
    public void step(int next, @Nullable Frame rest, Closure out) {
      int digit = Character.digit(next, 16);
      switch (digits) {
        case 0 -> begin(next, rest, out);
        case 1, 2 -> addTo(next == '0', digits + 1, 0, 0x1f, rest, out);
        case 3 -> addTo(digit == 0 || digit == 1, 4, digit << 4, (digit << 4) + 15, rest, out);
        default -> {
          if (digit >= 0) {
            before.go(value + digit, rest, out);
          }
        }
      }
    }

    private void begin(int next, @Nullable Frame rest, Closure out) {
      int kind = SHORT.indexOf(next);
      if (kind >= 0) {
        before.go(MEANT.charAt(kind), rest, out);
      } else {
        addTo(next == 'u', 1, 0, 0x1f, rest, out);
      }
    }

    /** Waits for one more character if the escape can still become {@code from..to}. */
    private void addTo(
        boolean fits, int known, int from, int to, @Nullable Frame rest, Closure out) {
      if (fits && before.dfa().leadsOn(before.state(), from, to)) {
        out.add(new Escaped(before, known, from), rest);
      }
    }
  }
}
