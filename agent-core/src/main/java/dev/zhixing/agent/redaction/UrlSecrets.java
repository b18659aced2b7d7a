package dev.zhixing.agent.redaction;

/** Finds passwords, and keys in place of a user's name, in URLs. */
final class UrlSecrets implements SecretFinder {
  /** How far the @ is looked for behind a / that may belong to a password. */
  private static final int FARTHEST = 256;

  private static final int SHORTEST_KEY = 16;

  @Override
  public void find(String text, Spans found) {
    for (int at = text.indexOf("://"); at >= 0; at = text.indexOf("://", at + 3)) {
      int start = at + 3;
      int end = end(text, start, "/?#", text.length());
      int host = lastAt(text, start, end);
      int colon = text.indexOf(':', start);
      if (host < start && colon >= start && colon < end && !isPort(text, colon + 1, end)) {
        int whole = end(text, start, "", Math.min(text.length(), start + FARTHEST));
        host = lastAt(text, start, whole);
      }
      if (host >= start) {
        boolean password = colon >= start && colon < host;
        add(text, password ? colon + 1 : start, host, password, found);
      }
    }
  }

  private static void add(String text, int start, int end, boolean password, Spans found) {
    String value = text.substring(start, end);
    if (!SecretValues.isElsewhere(value)
        && (password || SecretValues.isRandom(value, SHORTEST_KEY))) {
      found.add(start, end);
    }
  }

  private static int lastAt(String text, int start, int end) {
    int at = end - 1;
    while (at >= start && text.charAt(at) != '@') {
      at--;
    }
    return at < start ? -1 : at;
  }

  private static boolean isPort(String text, int start, int end) {
    return text.substring(start, end).chars().allMatch(Character::isDigit);
  }

  private static int end(String text, int start, String more, int limit) {
    int end = start;
    while (end < limit
        && !Character.isWhitespace(text.charAt(end))
        && ("\"'<>`\\" + more).indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }
}
