package dev.zhixing.agent.redaction;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds secrets by patterns; where one has a group, only that is taken out. */
final class SecretShapes implements SecretFinder {
  /**
   * One pattern. What it repeats is bounded or cannot begin anew within itself, so that it is
   * linear.
   *
   * @param literal stands in every text where it is found, in lower case
   */
  private record Shape(String literal, Pattern pattern) {
    static Shape of(String literal, String pattern) {
      return new Shape(literal, Pattern.compile(pattern));
    }
  }

  private static final String WORD = "['\"]?([^\\s'\"]{1,500})";

  private static final List<Shape> STANDARD =
      List.of(
          // what stands behind a scheme's name without a header's; words there are words
          Shape.of(
              "bearer",
              "(?i)\\bbearer\\s{1,4}((?=[A-Za-z~+/_.-]{0,200}[0-9=]|[A-Za-z]{0,40}[a-z](?-i:[A-Z]))"
                  + "[A-Za-z0-9._~+/=-]{8,})"),
          Shape.of(
              "basic",
              "\\b[Bb]asic\\s{1,4}((?=[A-Za-z+/]{0,200}[0-9=]|[A-Za-z]{0,40}[a-z][A-Z])"
                  + "[A-Za-z0-9+/=]{8,})"),
          Shape.of(
              "$", "\\$(?:2[abxy]?|5|6|7|y|argon2(?:id|i|d)|scrypt)\\$[./A-Za-z0-9$=,+-]{20,}"),
          Shape.of(":aa", "(?<![0-9])[0-9]{8,10}:AA[A-Za-z0-9_-]{30,}"), // Telegram
          Shape.of(
              ".",
              "(?<![A-Za-z0-9_-])[MNO][A-Za-z0-9_-]{23,27}\\.[A-Za-z0-9_-]{6}\\.[A-Za-z0-9_-]{27,40}"), // Discord
          Shape.of("wifi:", "WIFI:[^\\n]{0,100}?;?P:([^;\\n]{1,100});"),
          Shape.of(
              "hooks.slack.com",
              "hooks\\.slack\\.com/(?:services|workflows)/([A-Za-z0-9_/-]{10,})"),
          Shape.of("webhooks/", "/api/webhooks/[0-9]{5,20}/([A-Za-z0-9_-]{20,})"),
          Shape.of(
              "identified",
              "(?i)identified\\s{1,4}(?:with\\s{1,4}\\S{1,40}\\s{1,4})?(?:by|as)\\s{1,4}'([^']{1,500})"),
          Shape.of("jdbc:", "jdbc:oracle:[a-z]{1,8}:[^/\\s]{1,80}/([^@\\s]{1,200})@"),
          Shape.of(
              " -p",
              "\\b(?:mysql|mysqldump|mysqladmin|mariadb)\\b[^\\n"
                  + "|;&]{0,200}? -p['\"]?([^\\s'\"]{1,200})"),
          Shape.of("-p", "\\b(?:sshpass -p|docker login\\b[^\\n|;&]{0,200}? -p) {0,2}" + WORD),
          Shape.of("redis-cli", "redis-cli\\b[^\\n|;&]{0,200}? -a {1,2}" + WORD),
          Shape.of("-u", "(?<![\\w-])-u {0,2}['\"]?[^\\s'\":/=]{1,80}:(?!//)([^\\s'\"]{1,500})"),
          Shape.of("--", "--(?:proxy-)?user[ =]['\"]?[^\\s'\":/]{1,80}:(?!//)([^\\s'\"]{1,500})"),
          Shape.of(
              "login", "\\blogin\\s{1,4}\\S{1,80}\\s{1,4}password\\s{1,4}(\\S{1,500})"), // .netrc
          Shape.of(
              "?",
              "[?&](?:key|code|sig|signature|apikey|X-Amz-Signature|X-Amz-Credential)=([A-Za-z0-9%._~+/-]{12,})"),
          Shape.of(
              "akia",
              "(?:AKIA|ASIA)[A-Z0-9]{16}[^A-Za-z0-9/+]{1,40}([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+])"));

  private final List<Shape> shapes;

  private SecretShapes(List<Shape> shapes) {
    this.shapes = shapes;
  }

  static SecretShapes standard() {
    return new SecretShapes(STANDARD);
  }

  /** What {@code pattern} finds. */
  static SecretShapes of(Pattern pattern) {
    return new SecretShapes(List.of(new Shape("", pattern)));
  }

  @Override
  public void find(String text, Spans found) {
    String lower = text.toLowerCase(java.util.Locale.ROOT);
    for (Shape shape : shapes) {
      if (!lower.contains(shape.literal)) {
        continue;
      }
      for (Matcher match = shape.pattern.matcher(text); match.find(); ) {
        int group = match.groupCount() > 0 && match.start(1) >= 0 ? 1 : 0;
        if (!SecretValues.isElsewhere(match.group(group))) {
          found.add(match.start(group), match.end(group));
        }
      }
    }
  }
}
