package dev.zhixing.agent.guardrail;

import dev.zhixing.agent.Effect;
import dev.zhixing.agent.ToolCall;
import dev.zhixing.agent.Verdict;

/** Decides about single calls: allow, deny, or ask a person. */
@FunctionalInterface
public interface ApprovalPolicy {

  /** Asks about what is {@link Effect#DANGEROUS}, allows the rest. */
  ApprovalPolicy DANGEROUS_IS_ASKED =
      (call, effect, requester) ->
          switch (effect) {
            case READ, WRITE -> Verdict.ALLOW;
            case DANGEROUS ->
                new Verdict.AskPerson(call.name() + " does what cannot be taken back");
          };

  /** Asks about what changes anything, {@link Effect#WRITE} too, allows the rest. */
  ApprovalPolicy CHANGES_ARE_ASKED =
      (call, effect, requester) ->
          effect == Effect.WRITE
              ? new Verdict.AskPerson(call.name() + " changes something")
              : DANGEROUS_IS_ASKED.decide(call, effect, requester);

  /**
   * Whether {@code call}, of a tool with {@code effect}, may run: {@link Verdict#ALLOW}, {@link
   * Verdict.Block} to deny, {@link Verdict.AskPerson}. Called from the threads of many runs, and
   * again when a run is taken up: the same call must get the same decision.
   *
   * @param call the call with its arguments, which fit the tool's schema
   * @param requester on whose behalf the run is; empty if nobody said
   */
  Verdict decide(ToolCall call, Effect effect, String requester);
}
