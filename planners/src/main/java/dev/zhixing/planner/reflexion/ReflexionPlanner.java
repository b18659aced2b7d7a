package dev.zhixing.planner.reflexion;

import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.zhixing.agent.Action;
import dev.zhixing.agent.Planner;
import dev.zhixing.agent.ReplyForm;
import dev.zhixing.agent.Run;
import dev.zhixing.agent.Step;
import dev.zhixing.agent.prompt.Prompts;
import dev.zhixing.planner.dialogue.Dialogue;
import dev.zhixing.planner.dialogue.Stretch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Learns from a critic's advice, after Shinn et al., <a
 * href="https://arxiv.org/abs/2303.11366">Reflexion: Language Agents with Verbal Reinforcement
 * Learning</a> (NeurIPS 2023): an attempt, reasoning and acting in turns; a critic, the same model
 * with another question, accepts its answer or says what to do better; the advice of all rounds
 * goes into the next attempt. The last attempt that the bound allows is the answer. Stateless.
 */
public final class ReflexionPlanner implements Planner {
  private static final String CRITIQUE = "critique";
  private static final Prompts PROMPTS = Prompts.of(ReflexionPlanner.class);
  private static final ReplyForm FORM =
      ReplyForm.Json.wherePossible(
          JsonSchema.builder()
              .name("critique")
              .rootElement(
                  JsonObjectSchema.builder()
                      .addEnumProperty("verdict", List.of("accept", "revise"))
                      .addStringProperty("advice")
                      .required("verdict", "advice")
                      .additionalProperties(false)
                      .build())
              .build());

  private final int rounds;

  /** With up to three attempts. */
  public ReflexionPlanner() {
    this(3);
  }

  /**
   * With a bound of one's own.
   *
   * @param rounds how many attempts a run may have, 1 or more
   */
  public ReflexionPlanner(int rounds) {
    if (rounds < 1) {
      throw new IllegalArgumentException("rounds: expected at least 1, found " + rounds);
    }
    this.rounds = rounds;
  }

  @Override
  public Action next(Run run) {
    List<Critique> critiques =
        Dialogue.questions(run, CRITIQUE).stream()
            .map(Dialogue::reply)
            .map(Critique::parse)
            .toList();
    boolean accepted = !critiques.isEmpty() && critiques.getLast().accepted();
    int round = critiques.size() + (accepted ? 0 : 1);
    Stretch attempt = attempt(run, round);
    Optional<String> answer = attempt.answer();
    if (answer.isPresent()) {
      return accepted || round >= rounds || answer.get().isEmpty()
          ? new Action.Finish(answer.get())
          : critique(run, attempt, answer.get());
    }
    return attempt.calls().orElseGet(() -> tryAgain(run, attempt, critiques));
  }

  private static Stretch attempt(Run run, int round) {
    return Stretch.of(run, "attempt " + round);
  }

  private static Action tryAgain(Run run, Stretch attempt, List<Critique> critiques) {
    if (critiques.isEmpty()) {
      return attempt.nextQuestion(run.opening(), run.tools()).orElseThrow().saidAloud();
    }
    String advice =
        IntStream.range(0, critiques.size())
            .mapToObj(
                i ->
                    "- %s → %s"
                        .formatted(
                            attempt(run, i + 1).answer().orElse(""), critiques.get(i).advice()))
            .collect(Collectors.joining("\n"));
    String text =
        PROMPTS.text(
            "attempt-v1", run.request(), Map.of("request", run.request(), "advice", advice));
    return attempt.nextQuestion(Dialogue.asking(run, text), run.tools()).orElseThrow().saidAloud();
  }

  private static Action critique(Run run, Stretch attempt, String answer) {
    String observed =
        attempt.steps().stream()
            .map(Step::observations)
            .flatMap(List::stream)
            .map(o -> "- " + o.call() + " → " + o.text())
            .collect(Collectors.joining("\n"));
    String text =
        PROMPTS.text(
            "critique-v1",
            run.request(),
            Map.of(
                "request",
                run.request(),
                "observed",
                observed.isEmpty() ? "-" : observed,
                "answer",
                answer));
    return Action.AskModel.aside(CRITIQUE, Dialogue.asking(run, text)).in(FORM);
  }
}
