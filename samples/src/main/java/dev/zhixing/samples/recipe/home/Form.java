package dev.zhixing.samples.recipe.home;

/** How much of a sentence a command is. */
public enum Form {
  /** A whole request, perhaps with its reason. */
  SENTENCE(""),
  /** A part that can be joined to others: "the hallway light off". */
  CLAUSE(".clause"),
  /** A part without the room, which was named before: "lights off". */
  BARE(".bare");

  private final String suffix;

  Form(String suffix) {
    this.suffix = suffix;
  }

  String section(String base) {
    return base + suffix;
  }
}
