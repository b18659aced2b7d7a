package dev.zhixing.planner.plan;

import dev.zhixing.agent.Run;
import dev.zhixing.agent.Step;
import dev.zhixing.planner.dialogue.Dialogue;
import dev.zhixing.planner.dialogue.Stretch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How far a run has come with its plans.
 *
 * @param plan the latest; empty where there is none yet
 * @param plans how many there were
 * @param unreadable how many replies since the latest were no plan
 * @param reports what came of the tasks that ended, a line each
 * @param current the task that is under way; empty where the plan is done
 * @param failure why the current task failed, if it did
 */
public record Progress(
    Optional<Plan> plan,
    int plans,
    int unreadable,
    List<String> reports,
    Optional<Task> current,
    Optional<String> failure) {
  static final String PLAN = "plan";

  /**
   * A task of the latest plan.
   *
   * @param text what is to be done
   * @param stretch what was done about it
   */
  public record Task(String text, Stretch stretch) {}

  public Progress {
    reports = List.copyOf(reports);
  }

  /**
   * What the steps of {@code run} say.
   *
   * @param review changes each plan before it is followed
   */
  static Progress of(Run run, UnaryOperator<Plan> review) {
    List<String> reports = new ArrayList<>();
    Progress at = new Progress(Optional.empty(), 0, 0, reports, Optional.empty(), Optional.empty());
    for (Step step : Dialogue.questions(run, PLAN)) {
      Optional<Plan> plan = Plan.parse(Dialogue.reply(step)).map(review);
      at =
          plan.isPresent()
              ? follow(run, plan.get(), at.plans() + 1, reports)
              : new Progress(
                  at.plan(), at.plans(), at.unreadable() + 1, reports, at.current(), at.failure());
    }
    return at;
  }

  private static Progress follow(Run run, Plan plan, int number, List<String> reports) {
    for (int i = 0; i < plan.tasks().size(); i++) {
      String text = plan.tasks().get(i);
      Stretch stretch = Stretch.of(run, "task " + number + "." + (i + 1));
      Optional<String> failure = failure(stretch);
      Optional<String> answer = stretch.answer();
      failure.or(() -> answer).ifPresent(what -> reports.add("- " + text + " → " + what));
      if (failure.isPresent() || answer.isEmpty()) {
        Task current = new Task(text, stretch);
        return new Progress(Optional.of(plan), number, 0, reports, Optional.of(current), failure);
      }
    }
    return new Progress(Optional.of(plan), number, 0, reports, Optional.empty(), Optional.empty());
  }

  /** The model says that the task failed, or a call did and the model has not answered since. */
  private static Optional<String> failure(Stretch stretch) {
    return stretch.answer().isPresent()
        ? stretch.answer().filter(Progress::isFailure)
        : stretch.failure().map(failed -> "FAILED: " + failed.text());
  }

  private static boolean isFailure(String answer) {
    return answer.toUpperCase(Locale.ROOT).startsWith("FAILED") || answer.startsWith("失败");
  }
}
