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

  /** Whether this begins with all characters of another text. */
  public boolean startsWith(String prefix) {
    return characters.startsWith(prefix);
  }

  @Override
  public String toString() {
    return characters;
  }
}
