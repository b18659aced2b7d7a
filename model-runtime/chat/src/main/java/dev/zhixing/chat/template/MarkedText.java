package dev.zhixing.chat.template;

/**
 * Text whose every character is known to come from the template, or from a trusted value, or else
 * from the content of the conversation. Immutable.
 */
public final class MarkedText {
  private final String characters;
  private final String marks;

  MarkedText(String characters, String marks) {
    this.characters = characters;
    this.marks = marks;
  }

  /** Text that is trusted as a template's own is. */
  public static MarkedText own(String characters) {
    return new MarkedText(characters, String.valueOf(Text.OWN).repeat(characters.length()));
  }

  /** The whole text. */
  public String text() {
    return characters;
  }

  /** Whether all characters from {@code from} up to {@code to} (exclusive) are trusted. */
  public boolean isTrusted(int from, int to) {
    for (int i = from; i < to; i++) {
      if (marks.charAt(i) != Text.OWN) {
        return false;
      }
    }
    return true;
  }

  /** The rest from {@code from} on. */
  public MarkedText from(int from) {
    return new MarkedText(characters.substring(from), marks.substring(from));
  }

  /** The part from {@code from} up to {@code to} (exclusive). */
  public MarkedText part(int from, int to) {
    return new MarkedText(characters.substring(from, to), marks.substring(from, to));
  }

  /** Whether another text stands here, of the same characters by the same writers. */
  public boolean hasAt(int place, MarkedText other) {
    return characters.startsWith(other.characters, place) && marks.startsWith(other.marks, place);
  }

  /** How many characters two texts have in common from their beginning. */
  public int commonPrefix(MarkedText other) {
    int most = Math.min(characters.length(), other.characters.length());
    int i = 0;
    while (i < most && characters.charAt(i) == other.characters.charAt(i)) {
      i++;
    }
    return i;
  }

  Text asValue() {
    return new Text(characters, marks);
  }

  @Override
  public String toString() {
    return characters;
  }
}
