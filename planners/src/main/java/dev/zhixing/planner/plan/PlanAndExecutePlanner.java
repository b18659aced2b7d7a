package dev.zhixing.planner.plan;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import dev.zhixing.agent.Action;
import dev.zhixing.agent.Planner;
import dev.zhixing.agent.ReplyForm;
import dev.zhixing.agent.Run;
import dev.zhixing.agent.prompt.Prompts;
import dev.zhixing.planner.dialogue.Dialogue;
import dev.zhixing.planner.dialogue.Stretch;
import dev.zhixing.planner.dialogue.ToolList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A plan first, then one task after the other, after Wang et al., <a
 * href="https://arxiv.org/abs/2305.04091">Plan-and-Solve Prompting</a> (ACL 2023): the model writes
 * a {@link Plan}; each task is done by reasoning and acting in turns; where a call fails, or the
 * model says that a task can't be done, it plans anew from what is known, a bounded number of
 * times; at the end it answers from the results. A reply that is no plan is asked for again twice;
 * then the model answers without one. Stateless.
 */
public final class PlanAndExecutePlanner implements Planner {
  private static final String ANSWER = "answer";
  private static final int MOST_UNREADABLE = 3;
  private static final Prompts PROMPTS = Prompts.of(PlanAndExecutePlanner.class);
  private static final ReplyForm FORM =
      ReplyForm.Json.wherePossible(
          JsonSchema.builder()
              .name("plan")
              .rootElement(
                  JsonObjectSchema.builder()
                      .addProperty(
                          "tasks", JsonArraySchema.builder().items(new JsonStringSchema()).build())
                      .required("tasks")
                      .additionalProperties(false)
                      .build())
              .build());

  private final UnaryOperator<Plan> review;
  private final int replans;

  /** With up to three new plans, none of which is changed. */
  public PlanAndExecutePlanner() {
    this(plan -> plan, 3);
  }

  /**
   * With plans that are looked at before they are followed.
   *
   * @param review gives the plan that is followed in place of the model's; the same for the same
   *     plan always, and quick: it is asked at each step. To let a person change a plan, put {@link
   *     Plan#toJson} in place of the model's reply in the run's journal
   * @param replans how many new plans a run may have beside the first, 0 or more
   */
  public PlanAndExecutePlanner(UnaryOperator<Plan> review, int replans) {
    if (replans < 0) {
      throw new IllegalArgumentException("replans: expected at least 0, found " + replans);
    }
    this.review = review;
    this.replans = replans;
  }

  /** How far {@code run} has come. */
  public Progress progress(Run run) {
    return Progress.of(run, review);
  }

  @Override
  public Action next(Run run) {
    return Dialogue.finished(run, ANSWER).orElseGet(() -> next(run, progress(run)));
  }

  private Action next(Run run, Progress progress) {
    if (progress.unreadable() >= MOST_UNREADABLE) {
      return answer(run, progress);
    }
    boolean mayReplan = progress.plans() <= replans;
    if (progress.plan().isEmpty() || (progress.failure().isPresent() && mayReplan)) {
      return plan(run, progress);
    }
    return progress
        .current()
        .map(task -> work(run, progress, task))
        .orElseGet(() -> answer(run, progress));
  }

  private static Action plan(Run run, Progress progress) {
    String prompt = progress.plan().isEmpty() ? "plan-v1" : "replan-v1";
    List<ChatMessage> question = Dialogue.asking(run, text(prompt, run, progress, ""));
    if (progress.unreadable() > 0) {
      String again = PROMPTS.text("retry-v1", run.request(), Map.of());
      question = Dialogue.again(question, Dialogue.questions(run, Progress.PLAN).getLast(), again);
    }
    return Action.AskModel.aside(Progress.PLAN, question).in(FORM);
  }

  private static Action work(Run run, Progress progress, Progress.Task task) {
    Stretch stretch = task.stretch();
    return stretch
        .calls()
        .or(
            () ->
                stretch.nextQuestion(
                    Dialogue.asking(run, text("task-v1", run, progress, task.text())), run.tools()))
        .orElseGet(() -> answer(run, progress));
  }

  private static Action answer(Run run, Progress progress) {
    return Action.AskModel.aside(ANSWER, Dialogue.asking(run, text("answer-v1", run, progress, "")))
        .saidAloud();
  }

  private static String text(String prompt, Run run, Progress progress, String task) {
    List<String> reports = progress.reports();
    return PROMPTS.text(
        prompt,
        run.request(),
        Map.of(
            "request", run.request(),
            "tools", ToolList.of(run.tools()),
            "plan", progress.plan().map(Plan::toString).orElse("-"),
            "results", reports.isEmpty() ? "-" : String.join("\n", reports),
            "task", task));
  }
}
