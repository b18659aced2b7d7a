package dev.zhixing.agent;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The calls of one step as they run: at once if nothing but reading is to be done, else one after
 * the other. Calls that only read are joined by those that follow from what they brought. For the
 * run's thread.
 */
final class Round {
  private final Run run;
  private final Toolbox toolbox;
  private final EarlyCalls early;
  private final Pending pending;
  private final Map<Integer, Observation> brought = new TreeMap<>(); // by place in the step
  private final List<ToolRun> started = new ArrayList<>();

  Round(Run run, Toolbox toolbox, EarlyCalls early, Pending pending) {
    this.run = run;
    this.toolbox = toolbox;
    this.early = early;
    this.pending = pending;
  }

  /** A call that is over: its place in the step, and what it brought. */
  private record Over(int index, CompletableFuture<Observation> what) {}

  /** Runs the calls of the step, and those that join them; what each brought, in their order. */
  List<Observation> observe(List<ToolCaller.Judged> calls) {
    try {
      runAll(calls);
      return List.copyOf(brought.values());
    } catch (RuntimeException e) { // of the journal: nobody waits for the others any more
      started.forEach(ToolRun::stop);
      throw e;
    }
  }

  private void runAll(List<ToolCaller.Judged> calls) {
    boolean together =
        calls.stream()
            .filter(j -> j.instead().isEmpty())
            .allMatch(j -> effect(j.call()) == Effect.READ);
    if (!together) {
      calls.forEach(j -> bring(j.index(), start(j).await()));
    } else if (pending.action().sequel().equals(Sequel.NONE)) {
      List<ToolRun> running = calls.stream().map(this::start).toList();
      calls.forEach(j -> bring(j.index(), running.get(j.index()).await()));
    } else {
      grow(calls);
    }
  }

  /** Takes whichever call is over first, and starts what follows from it. */
  private void grow(List<ToolCaller.Judged> first) {
    BlockingQueue<Over> over = new LinkedBlockingQueue<>();
    List<ToolCall> calls = new ArrayList<>(pending.action().calls());
    Set<ToolCall> held = new HashSet<>();
    first.forEach(j -> watch(j.index(), start(j), over));
    while (brought.size() < calls.size()) {
      Over next = take(over);
      bring(next.index(), next.what().join());
      for (ToolCall call : following(calls, held)) {
        calls.add(call);
        run.grow(new Action.CallTools(calls, pending.action().sequel()));
        ToolRun running = start(calls.size() - 1, call);
        started.add(running);
        watch(calls.size() - 1, running, over);
      }
    }
  }

  /** A call that may not start as it is waits until the step is over. */
  private List<ToolCall> following(List<ToolCall> calls, Set<ToolCall> held) {
    List<ToolCall> following = new ArrayList<>();
    for (ToolCall call : pending.action().sequel().after(List.copyOf(brought.values()))) {
      boolean isNew =
          !held.contains(call) && calls.stream().noneMatch(c -> c.id().equals(call.id()));
      if (isNew) {
        boolean isAllowed =
            run.left().toolCalls() > calls.size() + following.size()
                && !run.isCancelled()
                && early.isFree(call);
        (isAllowed ? following : held).add(call);
      }
    }
    return following;
  }

  /** Each wait for a tool has its own limit, so that the waiting for the first has one, too. */
  private static void watch(int index, ToolRun running, BlockingQueue<Over> over) {
    CompletableFuture<Observation> what = new CompletableFuture<>();
    var _ = what.whenComplete((_, _) -> over.add(new Over(index, what)));
    Thread.ofVirtual()
        .name("zhixing-await")
        .start(() -> what.completeAsync(running::await, Runnable::run));
  }

  private Over take(BlockingQueue<Over> over) {
    while (true) {
      try {
        return over.take();
      } catch (InterruptedException e) {
        run.interrupted(); // which ends all the calls
      }
    }
  }

  private void bring(int index, Observation observation) {
    brought.put(index, observation);
    if (pending.brought(index).isEmpty()) {
      boolean lasting = effect(observation.call()) != Effect.READ;
      run.record(new JournalEntry.Brought(run.nextStep(), index, observation, lasting));
    }
  }

  private ToolRun start(ToolCaller.Judged judged) {
    if (judged.instead().isPresent()) {
      return new ToolRun.Over(judged.instead().get());
    }
    ToolRun running =
        early
            .take(judged.index(), judged.call())
            .orElseGet(() -> start(judged.index(), judged.call()));
    started.add(running);
    return running;
  }

  private ToolRun start(int index, ToolCall call) {
    if (run.isCancelled()) {
      return new ToolRun.Over(
          Observation.notRun(call, call.name() + " was not run: the run was cancelled."));
    }
    run.record(
        new JournalEntry.Intended(run.nextStep(), index, RecordedCall.of(call), effect(call)));
    return ToolRun.start(call, toolbox, run);
  }

  private Effect effect(ToolCall call) {
    return toolbox.effect(call.name()).orElse(Effect.WRITE);
  }
}
