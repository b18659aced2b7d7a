package dev.zhixing.agent.guardrail;

import dev.zhixing.agent.Effect;
import dev.zhixing.agent.Guardrail;
import dev.zhixing.agent.Run;
import dev.zhixing.agent.ToolCall;
import dev.zhixing.agent.Verdict;
import java.util.Set;

/** Has each call decided about by an {@link ApprovalPolicy}. */
public final class ApprovalRail implements Guardrail {
  private final ApprovalPolicy policy;

  /** Asks before DANGEROUS tools and before those called {@code names}, whatever their effect. */
  public ApprovalRail(String... names) {
    this(asking(Set.of(names)));
  }

  /** Does what {@code policy} decides. */
  public ApprovalRail(ApprovalPolicy policy) {
    this.policy = policy;
  }

  @Override
  public Verdict onToolCall(ToolCall call, Effect effect, Run run) {
    return policy.decide(call, effect, run.requester());
  }

  private static ApprovalPolicy asking(Set<String> names) {
    return (call, effect, requester) ->
        names.contains(call.name())
            ? new Verdict.AskPerson(call.name() + " is run only with a person's approval")
            : ApprovalPolicy.DANGEROUS_IS_ASKED.decide(call, effect, requester);
  }
}
