package dev.zhixing.chat.template;

/** What is left of a template's limits while it is rendered. One rendering, one thread. */
final class Budget {
  private static final int READ_IN_A_STEP = 256;

  private final TemplateLimits limits;
  private long steps;
  private long characters;
  private int depth;

  Budget(TemplateLimits limits) {
    this.limits = limits;
  }

  void step() {
    steps(1);
  }

  /** Counts the rounds of a loop, or the elements of a list that is made. */
  void steps(long more) {
    steps += more;
    if (steps > limits.steps()) {
      throw new TemplateException("expected at most " + limits.steps() + " steps, found more");
    }
  }

  /** Counts characters that are looked at, which takes less than making them. */
  void read(long more) {
    steps(more / READ_IN_A_STEP);
  }

  /** Counts a search, which may compare the wanted text with each place of the other. */
  void search(Text text, Text wanted) {
    read((long) text.length() * wanted.length());
  }

  /** Counts characters before they are made. */
  void characters(long more) {
    characters += more;
    if (characters > limits.characters()) {
      throw new TemplateException(
          "expected at most " + limits.characters() + " characters, found more");
    }
  }

  void enter() {
    if (++depth > limits.depth()) {
      throw new TemplateException("expected macros at most " + limits.depth() + " deep");
    }
  }

  void leave() {
    depth--;
  }
}
