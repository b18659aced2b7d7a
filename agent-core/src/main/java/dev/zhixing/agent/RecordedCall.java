package dev.zhixing.agent;

/**
 * A call as a journal keeps it: perhaps with its secrets taken out, always with the {@link
 * ToolCall#hash() hash} of what was really meant.
 */
public record RecordedCall(ToolCall call, String hash) {

  /** What stands in a journal in place of a secret. */
  public static final String REDACTED = "«redacted»";

  /** {@code call} with its own hash. */
  public static RecordedCall of(ToolCall call) {
    return new RecordedCall(call, call.hash());
  }

  /** Whether the call is what was meant, so that it can still be run. */
  boolean holds(ToolCall other) {
    return call.id().equals(other.id()) && hash.equals(other.hash());
  }
}
