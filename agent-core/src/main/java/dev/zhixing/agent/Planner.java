package dev.zhixing.agent;

/**
 * Decides what an agent does next. An implementation holds no state of a run: everything it needs
 * is in the run, so one planner serves many runs at once, and a run can be taken up again where it
 * stopped.
 */
@FunctionalInterface
public interface Planner {
  /** The next action of {@code run}. Called from the thread of the run; must be quick. */
  Action next(Run run);
}
