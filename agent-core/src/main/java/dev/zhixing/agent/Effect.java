package dev.zhixing.agent;

/** What a tool does to the world. */
public enum Effect {
  /** Changes nothing: may run beside others and may be repeated. */
  READ,
  /** Changes something: runs alone, in the order of the calls. */
  WRITE,
  /**
   * Changes something that cannot be taken back: a person is asked first where a guardrail says so.
   */
  DANGEROUS
}
