package dev.zhixing.samples.cli;

import dev.zhixing.agent.Planner;
import dev.zhixing.planner.dag.DagPlanner;
import dev.zhixing.planner.plan.PlanAndExecutePlanner;
import dev.zhixing.planner.react.ReActPlanner;
import dev.zhixing.planner.react.TextReActPlanner;
import dev.zhixing.planner.reflexion.ReflexionPlanner;
import dev.zhixing.planner.supervisor.Specialist;
import dev.zhixing.planner.supervisor.SupervisorPlanner;
import dev.zhixing.planner.tree.TreeSearchPlanner;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The planners that a command can name. */
enum PlannerChoice {
  REACT,
  REACT_TEXT,
  PLAN,
  DAG,
  REFLEXION,
  TREE,
  SUPERVISOR;

  static final String HELP =
      "How the agent proceeds: react, react-text (for models without tool calls), plan, dag (calls"
          + " at once), reflexion, tree (thinks without tools), supervisor. All but react are for"
          + " models that follow instructions; the embedded one does not.";

  private static final List<Specialist> TEAM =
      List.of(
          new Specialist(
              "home",
              "looks after the home: lights, heating, curtains, locks, timers, sensors",
              "",
              Set.of(
                  "set_light",
                  "set_thermostat",
                  "set_curtain",
                  "set_lock",
                  "set_timer",
                  "get_sensor")),
          new Specialist(
              "numbers",
              "calculates and runs programs, tells the time",
              "",
              Set.of("calculator", "run_code", "current_time")),
          new Specialist(
              "knowledge",
              "searches documents, remembers and recalls facts",
              "",
              Set.of("search_documents", "web_search", "remember", "recall")));

  /** A planner of this kind. */
  Planner planner() {
    return switch (this) {
      case REACT -> new ReActPlanner();
      case REACT_TEXT -> new TextReActPlanner();
      case PLAN -> new PlanAndExecutePlanner();
      case DAG -> new DagPlanner();
      case REFLEXION -> new ReflexionPlanner();
      case TREE -> TreeSearchPlanner.judgedByModel(TreeSearchPlanner.Limits.STANDARD);
      case SUPERVISOR -> new SupervisorPlanner(TEAM);
    };
  }

  /** As it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Names for the shell to complete. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(values()).map(PlannerChoice::toString).iterator();
    }
  }

  /** Reads a name. */
  static final class Converter implements ITypeConverter<PlannerChoice> {
    @Override
    public PlannerChoice convert(String name) {
      return Arrays.stream(values())
          .filter(choice -> choice.toString().equals(name))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "expected one of %s, found '%s'"
                          .formatted(
                              Arrays.stream(values())
                                  .map(PlannerChoice::toString)
                                  .collect(Collectors.joining(", ")),
                              name)));
    }
  }
}
