package dev.zhixing.planner.dag;

import dev.langchain4j.agent.tool.ToolSpecification;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One plan of calls that refer to each other's results, after Xu et al., <a
 * href="https://arxiv.org/abs/2305.18323">ReWOO</a> (2023), and Kim et al., <a
 * href="https://arxiv.org/abs/2312.04511">An LLM Compiler for Parallel Function Calling</a> (ICML
 * 2024): the model writes all calls at once, with {@code $1} for the result of call 1; a call
 * starts when its references are resolved, though others still run, where their effects allow it;
 * then the model answers from the results. Where calls fail it plans anew, a bounded number of
 * times. Stateless.
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
    Calls calls = new Calls(graph, "graph-" + plan.number() + "-", run.tools());
    List<Observation> seen =
        run.steps().stream().flatMap(step -> step.observations().stream()).toList();
    List<ToolCall> ready = calls.ready(seen);
    if (!ready.isEmpty()) {
      return new Action.CallTools(
          ready, more -> calls.ready(Stream.concat(seen.stream(), more.stream()).toList()));
    }
    boolean failed = calls.results(seen).size() < graph.nodes().size();
    return failed && plans <= replans ? ask(GRAPH, "replan-v1", run) : answer(run);
  }

  /**
   * The calls of a plan.
   *
   * @param prefix what their ids begin with
   */
  private record Calls(CallGraph graph, String prefix, List<ToolSpecification> tools) {

    /** Those of which nothing is seen yet and whose references are resolved. */
    List<ToolCall> ready(List<Observation> seen) {
      Map<String, String> results = results(seen);
      Resolver resolver = new Resolver(tools, results);
      Set<String> over = seen.stream().map(o -> o.call().id()).collect(Collectors.toSet());
      return graph.nodes().values().stream()
          .filter(n -> !over.contains(prefix + n.id()))
          .filter(n -> results.keySet().containsAll(n.references()))
          .map(n -> new ToolCall(prefix + n.id(), n.tool(), resolver.arguments(n)))
          .toList();
    }

    /** What they brought, by the ids in the plan. */
    Map<String, String> results(List<Observation> seen) {
      return seen.stream()
          .filter(o -> o instanceof Observation.Success && o.call().id().startsWith(prefix))
          .collect(
              Collectors.toMap(o -> o.call().id().substring(prefix.length()), Observation::text));
    }
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
