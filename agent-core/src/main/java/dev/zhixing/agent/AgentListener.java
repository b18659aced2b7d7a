package dev.zhixing.agent;

/** Told what happens in a run, as it happens. */
@FunctionalInterface
public interface AgentListener {
  /** Hears nothing. */
  AgentListener NONE = event -> {};

  /**
   * Called for each event, one at a time and in order, from the thread of the run: a slow listener
   * slows the run down. What it throws is logged and otherwise without effect.
   */
  void on(AgentEvent event);

  /** Tells both, this one first. */
  default AgentListener and(AgentListener other) {
    return event -> {
      on(event);
      other.on(event);
    };
  }
}
