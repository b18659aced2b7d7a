package dev.zhixing.agent;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs the calls of a step: asks the guardrails and the person, then the tools, and keeps the order
 * of the calls.
 */
final class ToolCaller implements AutoCloseable {
  /** A call may fail this often before the run ends: the third time is no accident. */
  private static final int SAME_FAILURES = 3;

  private final Run run;
  private final Toolbox toolbox;
  private final Rails rails;
  private final @Nullable Approver approver;
  private final EarlyCalls early;

  /**
   * A call after the guardrails: what is to be run, why a person must agree, or what is observed
   * instead; {@code index} is its place in the step.
   */
  record Judged(
      int index, ToolCall call, Optional<String> askReason, Optional<Observation> instead) {
    static Judged over(int index, ToolCall call, Observation what) {
      return new Judged(index, call, Optional.empty(), Optional.of(what));
    }

    Judged with(Optional<Observation> newInstead) {
      return new Judged(index, call, Optional.empty(), newInstead);
    }
  }

  ToolCaller(Run run, Toolbox toolbox, Rails rails, @Nullable Approver approver) {
    this.run = run;
    this.toolbox = toolbox;
    this.rails = rails;
    this.approver = approver;
    early = new EarlyCalls(run, toolbox, rails);
  }

  /** Told of calls while the model is still speaking. */
  EarlyCalls early() {
    return early;
  }

  @Override
  public void close() {
    early.close();
  }

  /** Adds the observations of all calls to the run; a result if the run ends here. */
  Optional<RunResult> call(Action.CallTools action) {
    long started = System.nanoTime();
    Pending pending = run.begin(action);
    List<Judged> judged =
        IntStream.range(0, action.calls().size()).mapToObj(i -> known(pending, i)).toList();
    List<Judged> asking = judged.stream().filter(j -> j.askReason().isPresent()).toList();
    if (!asking.isEmpty() && approver == null) {
      keepEarly(judged);
      return Optional.of(
          new RunResult.NeedsApproval(
              run,
              asking.stream().map(Judged::call).toList(),
              asking.getFirst().askReason().orElseThrow()));
    }
    List<Judged> decided =
        judged.stream().map(j -> approver == null ? j : decide(j, approver)).toList();
    List<Observation> observations = new Round(run, toolbox, early, pending).observe(decided);
    long millis = (System.nanoTime() - started) / 1_000_000;
    Action.CallTools all = new Action.CallTools(run.unfinished().orElse(action).calls());
    Step step = Step.called(run.nextStep(), all, observations, millis);
    run.add(step, new JournalEntry.Called(step.number(), millis));
    early.close();
    return stuck(observations);
  }

  /** Keeps what calls bring that began early, for when a person has decided about the others. */
  private void keepEarly(List<Judged> calls) {
    for (Judged judged : calls) {
      early
          .success(judged.index(), judged.call())
          .ifPresent(observation -> run.keep(judged.index(), observation));
    }
  }

  /** What is known of a call from before the run was taken up again, else a new judgement. */
  private Judged known(Pending pending, int index) {
    ToolCall call = pending.action().calls().get(index);
    Optional<Observation> known =
        pending
            .brought(index)
            .or(() -> pending.inDoubt(index).flatMap(i -> Doubt.settle(i, toolbox, run)));
    if (known.isPresent()) {
      return Judged.over(index, known.get().call(), known.get());
    }
    if (early.holds(index, call)) {
      return new Judged(index, call, Optional.empty(), Optional.empty());
    }
    Judged judged = judge(call, index);
    return judged.askReason().isEmpty()
        ? judged
        : pending
            .decision(judged.call())
            .map(d -> judged.with(denial(judged.call(), d.approved(), d.reason())))
            .orElse(judged);
  }

  private Judged judge(ToolCall call, int index) {
    Optional<String> fault =
        run.hasLost(call.arguments())
            ? Optional.of(
                call.name()
                    + " was not run: its arguments held a secret, which the journal does not keep.")
            : toolbox.find(call) instanceof Toolbox.Resolution.Impossible(String why)
                ? Optional.of(why)
                : Optional.empty();
    if (fault.isPresent()) {
      return Judged.over(index, call, Observation.notRun(call, fault.get()));
    }
    Rails.Judgement judgement =
        rails.onToolCall(run, call, toolbox.effect(call.name()).orElseThrow());
    ToolCall rewritten = call.withArguments(judgement.text());
    return new Judged(
        index,
        rewritten,
        judgement.block().isPresent()
            ? Optional.empty()
            : judgement.ask().map(Verdict.AskPerson::reason),
        judgement.block().map(block -> Observation.notRun(rewritten, block.message())));
  }

  private Judged decide(Judged judged, Approver person) {
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
    run.record(
        new JournalEntry.Decided(
            run.nextStep(), RecordedCall.of(call), denial.isEmpty(), denial.orElse("")));
    return judged.with(denial(call, denial.isEmpty(), denial.orElse("")));
  }

  private static Optional<Observation> denial(ToolCall call, boolean approved, String why) {
    return approved
        ? Optional.empty()
        : Optional.of(
            Observation.notRun(
                call,
                "A person did not allow %s, so it was not run%s"
                    .formatted(call.name(), why.isBlank() ? "." : ": " + why)));
  }

  /** Ends the run if one of {@code latest} is a call that has now failed in three steps. */
  private Optional<RunResult> stuck(List<Observation> latest) {
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
