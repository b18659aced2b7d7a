package dev.zhixing.agent.redaction;

import dev.zhixing.agent.RecordedCall;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;

/**
 * What stands in place of the secrets of one entry: the same mark for the same secret, different
 * marks for different ones. Marks are numbers in order of appearance: nothing in them comes from
 * the secret.
 */
final class Marks {
  private final Map<String, Integer> numbers = new HashMap<>();
  private int last;

  /** Marks that stand in {@code text} already, from an earlier record, are not given to others. */
  void keep(String text) {
    if (text.indexOf('«') < 0) {
      return;
    }
    for (Matcher mark = RecordedCall.mark().matcher(text); mark.find(); ) {
      last = Math.max(last, number(mark.group()));
    }
  }

  private static int number(String mark) {
    return mark.equals(RecordedCall.REDACTED)
        ? 1
        : Integer.parseInt(mark.substring(mark.indexOf(' ') + 1, mark.length() - 1));
  }

  String of(String secret) {
    return RecordedCall.redacted(numbers.computeIfAbsent(secret, _ -> ++last));
  }
}
