package dev.zhixing.agent;

/** What a tool does to the world. */
public enum Effect {
  /**
   * Changes nothing: may run beside others, may be repeated, and may run before the reply that asks
   * for it is complete.
   */
  READ,
  /** Changes something: runs alone, in the order of the calls. */
  WRITE,
  /**
   * Changes something that cannot be taken back: a person is asked first where a guardrail says so.
   */
  DANGEROUS
}
