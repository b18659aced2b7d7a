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

  /** Returns the listener of one run: this one, unless it remembers something of each run. */
  default AgentListener of(Run run) {
    return this;
  }

  /** Tells both, this one first. */
  default AgentListener and(AgentListener other) {
    AgentListener first = this;
    return new AgentListener() {
      @Override
      public void on(AgentEvent event) {
        first.on(event);
        other.on(event);
      }

      @Override
      public AgentListener of(Run run) {
        return first.of(run).and(other.of(run));
      }
    };
  }
}
