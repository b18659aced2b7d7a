package dev.zhixing.planner.dag;

import dev.langchain4j.data.message.ChatMessage;
import dev.zhixing.agent.Action;
import dev.zhixing.agent.Observation;
import dev.zhixing.agent.Planner;
import dev.zhixing.agent.Run;
import dev.zhixing.agent.Step;
import dev.zhixing.agent.ToolCall;
import dev.zhixing.agent.prompt.Prompts;
import dev.zhixing.planner.dialogue.Dialogue;
import dev.zhixing.planner.dialogue.ToolList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One plan of calls that refer to each other's results, after Xu et al., <a
 * href="https://arxiv.org/abs/2305.18323">ReWOO</a> (2023), and Kim et al., <a
 * href="https://arxiv.org/abs/2312.04511">An LLM Compiler for Parallel Function Calling</a> (ICML
 * 2024): the model writes all calls at once, with {@code $1} for the result of call 1; calls whose
 * references are resolved run in one round, at once where their effects allow it; then the model
 * answers from the results. Where calls fail it plans anew, a bounded number of times. Stateless.
 */
public final class DagPlanner implements Planner {
  private static final String GRAPH = "graph";
  private static final String ANSWER = "answer";
  private static final int MOST_UNREADABLE = 3;
  private static final Prompts PROMPTS = Prompts.of(DagPlanner.class);

  private final int replans;

  /** With up to two new plans. */
  public DagPlanner() {
    this(2);
  }

  /**
   * With a bound of one's own.
   *
   * @param replans how many new plans a run may have beside the first, 0 or more
   */
  public DagPlanner(int replans) {
    if (replans < 0) {
      throw new IllegalArgumentException("replans: expected at least 0, found " + replans);
    }
    this.replans = replans;
  }

  @Override
  public Action next(Run run) {
    return Dialogue.finished(run, ANSWER).orElseGet(() -> plannedOrNot(run));
  }

  private Action plannedOrNot(Run run) {
    List<Step> questions = Dialogue.questions(run, GRAPH);
    if (questions.isEmpty()) {
      return ask(GRAPH, "graph-v1", run);
    }
    Step last = questions.getLast();
    try {
      return follow(run, CallGraph.parse(Dialogue.reply(last)), last, questions.size());
    } catch (CallGraph.UnreadableException e) {
      if (questions.size() >= MOST_UNREADABLE) {
        return answer(run);
      }
      String wrong =
          PROMPTS.text("retry-v1", run.request(), Map.of("fault", String.valueOf(e.getMessage())));
      List<ChatMessage> question = Dialogue.asking(run, text("graph-v1", run));
      return Action.AskModel.aside(GRAPH, Dialogue.again(question, last, wrong));
    }
  }

  private Action follow(Run run, CallGraph graph, Step plan, int plans) {
    String prefix = "graph-" + plan.number() + "-";
    Map<String, Observation> seen = new HashMap<>();
    for (Step step : run.steps()) {
      for (Observation observation : step.observations()) {
        if (observation.call().id().startsWith(prefix)) {
          seen.put(observation.call().id().substring(prefix.length()), observation);
        }
      }
    }
    Map<String, String> results = new HashMap<>();
    seen.forEach(
        (id, observation) -> {
          if (observation instanceof Observation.Success) {
            results.put(id, observation.text());
          }
        });
    Resolver resolver = new Resolver(run.tools(), results);
    List<ToolCall> ready =
        graph.nodes().values().stream()
            .filter(n -> !seen.containsKey(n.id()) && results.keySet().containsAll(n.references()))
            .map(n -> new ToolCall(prefix + n.id(), n.tool(), resolver.arguments(n)))
            .toList();
    if (!ready.isEmpty()) {
      return new Action.CallTools(ready);
    }
    boolean failed = results.size() < graph.nodes().size();
    return failed && plans <= replans ? ask(GRAPH, "replan-v1", run) : answer(run);
  }

  private static Action answer(Run run) {
    return ask(ANSWER, "answer-v1", run).saidAloud();
  }

  private static Action.AskModel ask(String purpose, String prompt, Run run) {
    return Action.AskModel.aside(purpose, Dialogue.asking(run, text(prompt, run)));
  }

  private static String text(String prompt, Run run) {
    String results =
        run.steps().stream()
            .flatMap(step -> step.observations().stream())
            .map(
                o ->
                    "- " + o.call() + (o instanceof Observation.Failure ? " ✗ " : " → ") + o.text())
            .collect(Collectors.joining("\n"));
    return PROMPTS.text(
        prompt,
        run.request(),
        Map.of(
            "request", run.request(),
            "tools", ToolList.of(run.tools()),
            "results", results.isEmpty() ? "-" : results));
  }
}
