package dev.zhixing.chat.template;

/** What is left of a template's limits while it is rendered. One rendering, one thread. */
final class Budget {
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
