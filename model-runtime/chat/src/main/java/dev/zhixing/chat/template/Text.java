package dev.zhixing.chat.template;

/**
 * A string that remembers for each of its characters where it comes from: {@link #OWN} for the
 * template and trusted values, {@link #CONTENT} for all else. Equal by its characters. Immutable.
 */
final class Text implements Value {
  static final char OWN = '0';
  static final char CONTENT = '1';
  static final Text EMPTY = new Text("", "");

  private final String characters;
  private final String marks;

  Text(String characters, String marks) {
    this.characters = characters;
    this.marks = marks;
  }

  static Text own(String characters) {
    return marked(characters, OWN);
  }

  static Text content(String characters) {
    return marked(characters, CONTENT);
  }

  private static Text marked(String characters, char mark) {
    return characters.isEmpty()
        ? EMPTY
        : new Text(characters, String.valueOf(mark).repeat(characters.length()));
  }

  String characters() {
    return characters;
  }

  String marks() {
    return marks;
  }

  int length() {
    return characters.length();
  }

  /** The mark of what is made out of this as a whole. */
  char mark() {
    return marks.indexOf(CONTENT) < 0 ? OWN : CONTENT;
  }

  Text slice(int from, int to) {
    return from == 0 && to == characters.length()
        ? this
        : new Text(characters.substring(from, to), marks.substring(from, to));
  }

  /** The same marks where the new characters are as many, else marked as a whole. */
  Text mapped(String changed) {
    return changed.length() == characters.length()
        ? new Text(changed, marks)
        : marked(changed, mark());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Text text && text.characters.equals(characters);
  }

  @Override
  public int hashCode() {
    return characters.hashCode();
  }

  @Override
  public String toString() {
    return characters;
  }
}
