package dev.zhixing.agent;

/**
 * Finds out about a call whose process ended after the call began and before its result was
 * recorded: asks the world, not the journal.
 */
@FunctionalInterface
public interface CallCheck {

  /**
   * Whether {@code call} took effect. Called on a thread of its own within the tool's time limit;
   * what it throws counts as {@link Finding#UNKNOWN}.
   */
  Finding find(ToolCall call);

  /** What can be found. */
  enum Finding {
    /** It took effect, and is not run again. */
    DONE,
    /** It took no effect and will not any more: it is run. */
    NOT_DONE,
    /** Nobody can tell. */
    UNKNOWN
  }
}
