package dev.zhixing.agent;

import java.util.regex.Pattern;

/**
 * A call as a journal keeps it: perhaps with its secrets taken out, always with the {@link
 * ToolCall#hash() hash} of what was really meant.
 */
public record RecordedCall(ToolCall call, String hash) {

  /**
   * What stands in a journal in place of a secret. Where an entry held several secrets, the marks
   * of the others are numbered, see {@link #redacted}: different secrets stay different.
   */
  public static final String REDACTED = "«redacted»";

  private static final Pattern MARK = Pattern.compile("«redacted(?: [0-9]{1,9})?»");

  /** {@code call} with its own hash. */
  public static RecordedCall of(ToolCall call) {
    return new RecordedCall(call, call.hash());
  }

  /**
   * What stands in place of an entry's secret {@code number}, from 1: {@link #REDACTED} itself for
   * the first, {@code «redacted 2»} for the second.
   */
  public static String redacted(int number) {
    return number == 1
        ? REDACTED
        : REDACTED.substring(0, REDACTED.length() - 1) + " " + number + "»";
  }

  /** Finds {@link #redacted} of any number. */
  public static Pattern mark() {
    return MARK;
  }

  /** Whether the call is what was meant, so that it can still be run. */
  boolean holds(ToolCall other) {
    return call.id().equals(other.id()) && hash.equals(other.hash());
  }
}
