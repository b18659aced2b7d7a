package dev.zhixing.planner.supervisor;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.zhixing.agent.Action;
import dev.zhixing.agent.Planner;
import dev.zhixing.agent.ReplyForm;
import dev.zhixing.agent.Run;
import dev.zhixing.agent.prompt.Prompts;
import dev.zhixing.planner.dialogue.Dialogue;
import dev.zhixing.planner.dialogue.Stretch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Hands a request to named agents, after Wu et al., <a
 * href="https://arxiv.org/abs/2308.08155">AutoGen: Enabling Next-Gen LLM Applications via
 * Multi-Agent Conversation</a> (2023): the model chooses which agent goes on, or that all is done;
 * an agent reasons and acts with its own tools and may itself pass on to another by a call; what it
 * says is streamed. Where several agents worked, the model answers from their reports. All within
 * one run: one budget, one journal, one set of guardrails. Stateless.
 */
public final class SupervisorPlanner implements Planner {
  static final String ROUTE = "route";
  static final String AGENT = "agent ";
  private static final String ANSWER = "answer";
  private static final String DONE = "done";
  private static final Prompts PROMPTS = Prompts.of(SupervisorPlanner.class);

  private final Map<String, Specialist> team;
  private final int handOffs;

  /** With up to six hand-offs. */
  public SupervisorPlanner(List<Specialist> team) {
    this(team, 6);
  }

  /**
   * With a bound of one's own.
   *
   * @param team one agent or more, each with its own name; none is called {@code done}
   * @param handOffs how often a run may be handed over, 1 or more
   */
  public SupervisorPlanner(List<Specialist> team, int handOffs) {
    this.team = team.stream().collect(Collectors.toUnmodifiableMap(Specialist::name, s -> s));
    this.handOffs = handOffs;
    if (team.isEmpty() || this.team.containsKey(DONE) || handOffs < 1) {
      throw new IllegalArgumentException(
          "supervisor: expected one agent or more, none called done, and at least 1 hand-off, found %s and %d"
              .formatted(this.team.keySet(), handOffs));
    }
  }

  @Override
  public Action next(Run run) {
    return Dialogue.finished(run, ANSWER).orElseGet(() -> goOn(run, HandOff.of(run)));
  }

  private Action goOn(Run run, List<HandOff> all) {
    if (all.isEmpty()) {
      return route(run, all);
    }
    HandOff last = all.getLast();
    if (last.to().equals(DONE)) {
      return finish(run, all);
    }
    Specialist agent = team.get(last.to());
    if (agent != null) {
      Stretch work = last.work(run);
      Optional<Action> next =
          work.calls().or(() -> question(run, agent, last, work, all.size() < handOffs));
      if (next.isPresent()) {
        return next.get();
      }
    }
    return all.size() < handOffs ? route(run, all) : finish(run, all);
  }

  private Action route(Run run, List<HandOff> all) {
    List<String> options = new ArrayList<>(names());
    options.add(DONE);
    String text =
        PROMPTS.text(
            "route-v1",
            run.request(),
            Map.of(
                "request", run.request(),
                "agents", skills(),
                "reports", reports(run, all)));
    return Action.AskModel.aside(ROUTE, Dialogue.asking(run, text))
        .in(new ReplyForm.OneOf(options));
  }

  private Optional<Action> question(
      Run run, Specialist agent, HandOff handOff, Stretch work, boolean mayPassOn) {
    String text =
        PROMPTS.text(
            "agent-v1",
            run.request(),
            Map.of(
                "name", agent.name(),
                "instructions", agent.instructions(),
                "request", run.request(),
                "task", handOff.task(),
                "reports", reports(run, HandOff.of(run))));
    List<ToolSpecification> tools = new ArrayList<>();
    run.tools().stream().filter(tool -> agent.tools().contains(tool.name())).forEach(tools::add);
    List<String> others = names().stream().filter(name -> !name.equals(agent.name())).toList();
    if (mayPassOn && !others.isEmpty()) {
      tools.add(
          HandOff.tool(
              others, PROMPTS.text("hand-off-v1", run.request(), Map.of("agents", skills()))));
    }
    return work.nextQuestion(Dialogue.asking(run, text), tools).map(Action.AskModel::saidAloud);
  }

  /** The only agent's answer, or one from all reports. */
  private Action finish(Run run, List<HandOff> all) {
    List<String> answers =
        all.stream().flatMap(handOff -> handOff.work(run).answer().stream()).toList();
    if (answers.size() == 1) {
      return new Action.Finish(answers.getFirst());
    }
    String text =
        PROMPTS.text(
            "answer-v1",
            run.request(),
            Map.of("request", run.request(), "reports", reports(run, all)));
    return Action.AskModel.aside(ANSWER, Dialogue.asking(run, text)).saidAloud();
  }

  private List<String> names() {
    return team.keySet().stream().sorted().toList();
  }

  private String skills() {
    return team.values().stream()
        .sorted(Comparator.comparing(Specialist::name))
        .map(agent -> "- " + agent.name() + ": " + agent.skills())
        .collect(Collectors.joining("\n"));
  }

  /** What each agent that ended said. */
  private static String reports(Run run, List<HandOff> all) {
    String lines =
        all.stream()
            .flatMap(
                handOff ->
                    handOff.work(run).answer().stream().map(a -> "- " + handOff.to() + ": " + a))
            .collect(Collectors.joining("\n"));
    return lines.isEmpty() ? "-" : lines;
  }
}
