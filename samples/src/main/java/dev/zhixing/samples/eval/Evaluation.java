package dev.zhixing.samples.eval;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.zhixing.agent.AgentBuilder;
import dev.zhixing.agent.Approver;
import dev.zhixing.agent.Budget;
import dev.zhixing.agent.RunResult;
import dev.zhixing.tool.ToolCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs tasks with one model and planner, each in a conversation of its own, and scores them. The
 * person who is asked to approve a call always agrees. One thread.
 */
public final class Evaluation {

  /** A model that fails this often before it ever worked will not work. */
  private static final int FAULTS_AT_FIRST = 3;

  private final Supplier<AgentBuilder> agents;
  private final ToolCatalog catalog;
  private final Budget budget;
  private final Wording wording = Wording.load();
  private final List<Score> scores = new ArrayList<>();

  /**
   * An evaluation.
   *
   * @param agents gives an agent to set up, with its model, planner and guardrails, for each task
   * @param catalog the specifications of the tools that tasks name
   * @param budget what each task may use
   */
  public Evaluation(Supplier<AgentBuilder> agents, ToolCatalog catalog, Budget budget) {
    this.agents = agents;
    this.catalog = catalog;
    this.budget = budget;
  }

  /** Runs all tasks in order, see {@link #run(EvalTask)}. */
  public Report run(List<EvalTask> tasks, Consumer<Score> done) {
    tasks.forEach(task -> done.accept(run(task)));
    return report();
  }

  /**
   * Runs one more task.
   *
   * @throws IllegalArgumentException if it names a tool that nobody specified
   * @throws ModelFaultException if the model worked in none of the first three tasks
   */
  public Score run(EvalTask task) {
    Score score = Score.of(task, attempt(task), wording);
    scores.add(score);
    giveUpWithoutModel();
    return score;
  }

  /** The tasks that were run so far. */
  public Report report() {
    return new Report(scores);
  }

  private void giveUpWithoutModel() {
    String fault = scores.getLast().outcome().fault();
    if (fault != null
        && scores.size() == FAULTS_AT_FIRST
        && scores.stream().allMatch(score -> score.outcome().fault() != null)) {
      throw new ModelFaultException(
          "stopped, because none of the first %d tasks could be run: %s"
              .formatted(FAULTS_AT_FIRST, fault));
    }
  }

  private Outcome attempt(EvalTask task) {
    var agent =
        agents
            .get()
            .tools(new CannedTools(task).toolbox(catalog))
            .budget(budget)
            .approver((call, reason) -> new Approver.Decision.Approve())
            .build();
    long started = System.nanoTime();
    RunResult result = agent.converse(history(task)).run(task.user());
    return Outcome.of(result, (System.nanoTime() - started) / 1_000_000);
  }

  private static List<ChatMessage> history(EvalTask task) {
    List<ChatMessage> messages = new ArrayList<>();
    for (EvalTask.Turn turn : task.history()) {
      messages.add(turn.byUser() ? UserMessage.from(turn.text()) : AiMessage.from(turn.text()));
    }
    return messages;
  }
}
