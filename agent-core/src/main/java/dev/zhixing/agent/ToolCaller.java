package dev.zhixing.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs the calls of a step: asks the guardrails and the person, then the tools, and keeps the order
 * of the calls.
 */
final class ToolCaller {
  /** A call may fail this often before the run ends: the third time is no accident. */
  private static final int SAME_FAILURES = 3;

  private final Rails rails;
  private final @Nullable Approver approver;

  /**
   * A call after the guardrails: what is to be run, who must agree, or what is observed instead.
   */
  private record Judged(ToolCall call, Optional<String> askReason, Optional<Observation> instead) {}

  ToolCaller(Rails rails, @Nullable Approver approver) {
    this.rails = rails;
    this.approver = approver;
  }

  /** Adds the observations of all calls to {@code run}; a result if the run ends here. */
  Optional<RunResult> call(Run run, Toolbox toolbox, Action.CallTools action) {
    long started = System.nanoTime();
    List<Judged> judged = action.calls().stream().map(call -> judge(run, toolbox, call)).toList();
    List<Judged> asking = judged.stream().filter(j -> j.askReason().isPresent()).toList();
    if (!asking.isEmpty() && approver == null) {
      return Optional.of(
          new RunResult.NeedsApproval(
              run,
              asking.stream().map(Judged::call).toList(),
              asking.getFirst().askReason().orElseThrow()));
    }
    List<Judged> decided =
        judged.stream().map(j -> approver == null ? j : decide(run, j, approver)).toList();
    List<Observation> observations = observe(run, toolbox, decided);
    run.add(
        Step.called(
            run.nextStep(), action, observations, (System.nanoTime() - started) / 1_000_000));
    return stuck(run, observations);
  }

  private Judged judge(Run run, Toolbox toolbox, ToolCall call) {
    if (toolbox.find(call) instanceof Toolbox.Resolution.Impossible(String why)) {
      return new Judged(call, Optional.empty(), Optional.of(Observation.notRun(call, why)));
    }
    Rails.Judgement judgement =
        rails.onToolCall(run, call, toolbox.effect(call.name()).orElseThrow());
    ToolCall rewritten = call.withArguments(judgement.text());
    return new Judged(
        rewritten,
        judgement.block().isPresent()
            ? Optional.empty()
            : judgement.ask().map(Verdict.AskPerson::reason),
        judgement.block().map(block -> Observation.notRun(rewritten, block.message())));
  }

  private static Judged decide(Run run, Judged judged, Approver person) {
    if (judged.askReason().isEmpty()) {
      return judged;
    }
    ToolCall call = judged.call();
    Work<Approver.Decision> asking =
        Work.start("approver", () -> person.decide(call, judged.askReason().orElseThrow()));
    Work.Outcome<Approver.Decision> outcome = asking.await(null, run);
    run.addPause(asking.millis() * 1_000_000);
    Optional<String> denial =
        switch (outcome) {
          case Work.Outcome.Done<Approver.Decision>(Approver.Decision.Approve _) ->
              Optional.empty();
          case Work.Outcome.Done<Approver.Decision>(Approver.Decision.Deny(String reason)) ->
              Optional.of(reason);
          case Work.Outcome.Broken<Approver.Decision>(Throwable cause) ->
              Optional.of("asking failed: " + Failures.inWords(cause));
          case Work.Outcome.TimedOut<Approver.Decision>(),
              Work.Outcome.Cancelled<Approver.Decision>() ->
              Optional.of("the run was cancelled");
        };
    run.emit(new AgentEvent.Decided(call, denial.isEmpty(), denial.orElse("")));
    return new Judged(
        call,
        Optional.empty(),
        denial.map(
            why ->
                Observation.notRun(
                    call,
                    "A person did not allow %s, so it was not run%s"
                        .formatted(call.name(), why.isBlank() ? "." : ": " + why))));
  }

  /** At once if nothing but reading is to be done, else one after the other. */
  private static List<Observation> observe(Run run, Toolbox toolbox, List<Judged> calls) {
    boolean together =
        calls.stream()
            .filter(j -> j.instead().isEmpty())
            .allMatch(j -> toolbox.effect(j.call().name()).orElse(Effect.WRITE) == Effect.READ);
    List<ToolRun> started =
        together ? calls.stream().map(j -> start(run, toolbox, j)).toList() : List.of();
    List<Observation> observations = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      ToolRun running = together ? started.get(i) : start(run, toolbox, calls.get(i));
      Observation observation = running.await();
      observations.add(observation);
      run.emit(AgentEvent.Observed.of(run.nextStep(), observation));
    }
    return observations;
  }

  private static ToolRun start(Run run, Toolbox toolbox, Judged judged) {
    if (judged.instead().isPresent()) {
      return new ToolRun.Over(judged.instead().get());
    }
    ToolCall call = judged.call();
    if (run.isCancelled()) {
      return new ToolRun.Over(
          Observation.notRun(call, call.name() + " was not run: the run was cancelled."));
    }
    run.emit(
        new AgentEvent.CallStarted(
            run.nextStep(), call, toolbox.effect(call.name()).orElse(Effect.WRITE)));
    return ToolRun.start(call, toolbox, run);
  }

  /** Ends the run if one of {@code latest} is a call that has now failed in three steps. */
  private static Optional<RunResult> stuck(Run run, List<Observation> latest) {
    for (Observation observation : latest) {
      String call = observation.call().sameness();
      long steps = run.steps().stream().filter(step -> failedIn(step, call)).count();
      if (observation instanceof Observation.Failure(ToolCall same, String why, long _)
          && steps >= SAME_FAILURES) {
        return Optional.of(
            new RunResult.Failed(
                run, "the call %s failed %d times: %s".formatted(same, steps, why), null));
      }
    }
    return Optional.empty();
  }

  private static boolean failedIn(Step step, String call) {
    return step.observations().stream()
        .anyMatch(o -> o instanceof Observation.Failure && o.call().sameness().equals(call));
  }
}
