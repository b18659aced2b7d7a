package dev.zhixing.agent.redaction;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds passwords beside the name of their user: {@code login ann/x}, {@code net use … /user:}. */
final class Logins implements SecretFinder {
  private static final Pattern PAIR =
      Pattern.compile(
          "(?i)(?<![a-z0-9])(?:log[ -]?ins?|logon|sign-?in|credentials?|creds)"
              + "(?:(?:\\s(?:for|of|on)\\s[^\\n:]{1,60})?\\s{0,3}[:=]\\s{0,3}"
              + "|\\s{1,3}(?:(?:is|are|was|as|with|using)\\s{1,3})?)[\"'`(]?"
              + "([a-z0-9._@+\\\\-]{1,60}) ?/ ?([^\\s/\"'`]{1,100}+)(?!/)");

  /** One of them stands in every text that {@link #PAIR} finds, in lower case. */
  private static final List<String> BEGINNINGS = List.of("log", "sign", "cred");

  private static final String SHARE =
      "(?i)\\bnet use\\s{1,4}(?:[a-z*]:?\\s{1,4})?\\\\{2,8}[^\\s]{1,200}\\s{1,4}";

  private static final Pattern BEFORE_USER =
      Pattern.compile(SHARE + "([^\\s/*][^\\s]{0,200})\\s{1,4}/u(?:ser)?:");

  private static final Pattern BEHIND_USER =
      Pattern.compile(
          SHARE
              + "(?:/[^\\s]{1,40}\\s{1,4})?/u(?:ser)?:[^\\s]{1,80}\\s{1,4}([^\\s/*][^\\s]{0,200})");

  /** Names of accounts that no one chose, so that any word beside them may be their password. */
  private static final Set<String> USUAL =
      Set.of("admin", "administrator", "root", "sa", "sysadmin", "postgres", "oracle", "scott");

  /** What stands beside them in talk about accounts. */
  private static final Set<String> TALK =
      Set.of(
          """
          user users username admin admins administrator root guest member members staff owner \
          editor moderator operator customer client superuser developer manager visitor password \
          pass passwd account accounts login logout page panel area role roles console dashboard \
          settings index home api test demo support sudo\
          """
              .split("\\s+", -1));

  @Override
  public void find(String text, Spans found) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (text.indexOf('/') >= 0 && BEGINNINGS.stream().anyMatch(lower::contains)) {
      pairs(text, found);
    }
    if (lower.contains("net use")) {
      share(BEFORE_USER.matcher(text), found);
      share(BEHIND_USER.matcher(text), found);
    }
  }

  private static void pairs(String text, Spans found) {
    for (Matcher pair = PAIR.matcher(text); pair.find(); ) {
      int end = pair.end(2);
      while (end > pair.start(2) && ".,;:)?".indexOf(text.charAt(end - 1)) >= 0) {
        end--;
      }
      if (isPassword(pair.group(1), text.substring(pair.start(2), end))) {
        found.add(pair.start(2), end);
      }
    }
  }

  private static void share(Matcher match, Spans found) {
    while (match.find()) {
      if (!SecretValues.isNone(match.group(1), false)) {
        found.add(match.start(1), match.end(1));
      }
    }
  }

  private static boolean isPassword(String user, String word) {
    String name = user.toLowerCase(Locale.ROOT);
    String plain = word.toLowerCase(Locale.ROOT);
    if (SecretValues.isNone(word, false) || plain.matches(".*\\.[a-z]{2,4}")) {
      return false; // a word of talk, or a file
    }
    if (plain.equals(name)) {
      return USUAL.contains(name);
    }
    return SecretValues.isChosen(word)
        ? !withoutDigits(plain).equals(withoutDigits(name)) // not one of user10/user11
        : USUAL.contains(name) && !TALK.contains(plain);
  }

  private static String withoutDigits(String word) {
    return word.replaceAll("\\d", "");
  }
}
