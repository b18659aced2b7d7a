package dev.zhixing.engine.grammar;

import org.jspecify.annotations.Nullable;

/**
 * The formats of JSON Schema that a grammar enforces, as patterns. Each allows valid strings only,
 * but not all of them: hosts, addresses and paths are of ordinary length and in ASCII. Sources: RFC
 * 3339 for dates and times, RFC 1123 and 5321 for names and addresses, RFC 3986 for URIs, RFC 4122
 * for UUIDs.
 */
public enum Format {
  DATE("date", "^" + Parts.DATE + "$"),
  TIME("time", "^" + Parts.TIME + "$"),
  DATE_TIME("date-time", "^" + Parts.DATE + "T" + Parts.TIME + "$"),
  DURATION("duration", "^P(?:" + Parts.DAYS + "(?:T" + Parts.HOURS + ")?|T" + Parts.HOURS + ")$"),
  EMAIL("email", "^" + Parts.LOCAL + "@" + Parts.HOST + "$"),
  HOSTNAME("hostname", "^" + Parts.HOST + "$"),
  IPV4("ipv4", "^" + Parts.BYTE + "(?:\\." + Parts.BYTE + "){3}$"),
  IPV6("ipv6", "^[0-9a-fA-F]{1,4}(?::[0-9a-fA-F]{1,4}){7}$"),
  UUID("uuid", "^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"),
  URI("uri", "^" + Parts.URI + "$");

  private final String spelling;
  private final String pattern;

  Format(String spelling, String pattern) {
    this.spelling = spelling;
    this.pattern = pattern;
  }

  /** The format of this name in JSON Schema, null if it is not among those enforced. */
  public static @Nullable Format named(String name) {
    for (Format format : values()) {
      if (format.spelling.equals(name)) {
        return format;
      }
    }
    return null;
  }

  /** What matches the whole string; see {@link Regex} for the syntax. */
  public String pattern() {
    return pattern;
  }

  /** What the patterns are made of; in a class of its own, as an enum's constants come first. */
  private static final class Parts {
    static final String DATE =
        "(?:\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])"
            + "|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|02-(?:0[1-9]|1\\d|2[0-8]))"
            + "|(?:\\d\\d(?:0[48]|[2468][048]|[13579][26])"
            + "|(?:[02468][048]|[13579][26])00)-02-29)";
    static final String TIME =
        "(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d{1,9})?"
            + "(?:Z|[+-](?:0\\d|1[0-7]):[0-5]\\d)"; // java.time knows offsets up to 18:00
    static final String DAYS =
        "(?:\\d{1,4}Y(?:\\d{1,4}M(?:\\d{1,4}D)?)?|\\d{1,4}M(?:\\d{1,4}D)?|\\d{1,4}D)";
    static final String HOURS =
        "(?:\\d{1,4}H(?:\\d{1,4}M(?:\\d{1,4}S)?)?|\\d{1,4}M(?:\\d{1,4}S)?|\\d{1,4}S)";
    static final String LOCAL = "[A-Za-z0-9_+-]{1,31}(?:\\.[A-Za-z0-9_+-]{1,31})?";
    static final String LABEL = "[A-Za-z0-9]{1,15}(?:-[A-Za-z0-9]{1,15}){0,2}";
    static final String HOST = "(?:" + LABEL + "\\.){1,3}[A-Za-z]{2,12}";
    static final String BYTE = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    static final String CHARACTER = "(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})";
    static final String URI =
        "[a-z][a-z0-9+-]{1,15}://"
            + HOST
            + "(?::[1-9]\\d{0,3})?(?:/"
            + CHARACTER
            + "*)*(?:\\?(?:"
            + CHARACTER
            + "|/)*)?(?:#(?:"
            + CHARACTER
            + "|/)*)?";

    private Parts() {}
  }
}
