package dev.zhixing.samples.cli;

import dev.zhixing.agent.Planner;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A model with a planner, to be evaluated.
 *
 * @param model the model
 * @param planner the planner's name, see {@link Assembly#planners}
 */
record EvalSetup(ModelChoice model, String planner) {

  EvalSetup {
    if (!Assembly.planners().containsKey(planner)) {
      throw new IllegalArgumentException(
          "--planner: expected one of %s, found '%s'"
              .formatted(String.join(", ", Assembly.planners().keySet()), planner));
    }
  }

  /** Model and planner, for people. */
  String name() {
    return model.name() + ", " + planner;
  }

  /** Every model with every planner. */
  static List<EvalSetup> all(List<ModelChoice> models, List<String> planners) {
    List<EvalSetup> setups = new ArrayList<>();
    for (ModelChoice model : models) {
      for (String planner : planners) {
        setups.add(new EvalSetup(model, planner));
      }
    }
    return setups;
  }

  Planner newPlanner() {
    Supplier<Planner> supplier = Assembly.planners().get(planner);
    if (supplier == null) {
      throw new IllegalStateException("planner " + planner + ": was there before");
    }
    return supplier.get();
  }
}
