package dev.zhixing.agent.redaction;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds private keys in PEM, OpenPGP's, PuTTY's and SSH's own blocks, also where their beginning or
 * end was cut off.
 */
final class KeyBlocks implements SecretFinder {
  private static final Pattern BORDER =
      Pattern.compile(
          "-{4,5} ?(BEGIN|END) (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)? ?-{4,5}"
              + "|(?:(PuTTY-User-Key-File)-\\d|(Private-MAC)): ?");

  @Override
  public void find(String text, Spans found) {
    if (!text.contains("PRIVATE KEY") && !text.contains("PuTTY-")) {
      return;
    }
    int open = -1;
    int free = 0;
    for (Matcher border = BORDER.matcher(text); border.find(); ) {
      boolean begins = "BEGIN".equals(border.group(1)) || border.group(2) != null;
      if (begins) {
        open = open < 0 ? border.start() : open;
      } else {
        int start = open < 0 ? cutStart(text, border.start(), free) : open;
        found.add(start, border.end());
        open = -1;
        free = border.end();
      }
    }
    if (open >= 0) {
      found.add(open, text.length());
    }
  }

  /** Where the lines of base 64 before a block's last line begin. */
  private static int cutStart(String text, int end, int limit) {
    int start = end;
    while (start > limit && isOfKey(text.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  private static boolean isOfKey(char c) {
    return c < 128 && (Character.isLetterOrDigit(c) || "+/=\n\r\\".indexOf(c) >= 0);
  }
}
