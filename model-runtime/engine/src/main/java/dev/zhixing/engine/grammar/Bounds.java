package dev.zhixing.engine.grammar;

/** How many more there must be and may be; {@link #ANY} means no bound. */
record Bounds(int least, int most) {
  static final int ANY = Integer.MAX_VALUE;

  boolean mayEnd() {
    return least == 0;
  }

  boolean mayGoOn() {
    return most > 0;
  }

  Bounds less() {
    return least == 0 && most == ANY
        ? this
        : new Bounds(Math.max(0, least - 1), most == ANY ? ANY : most - 1);
  }

  Bounds clamp(int limit) {
    boolean near = least <= limit && (most == ANY || most <= limit);
    return near
        ? this
        : new Bounds(Math.min(least, limit), most == ANY ? ANY : Math.min(most, limit));
  }
}
