package dev.zhixing.agent.guardrail;

import dev.zhixing.agent.Effect;
import dev.zhixing.agent.Guardrail;
import dev.zhixing.agent.Run;
import dev.zhixing.agent.ToolCall;
import dev.zhixing.agent.Verdict;
import java.util.Set;

/**
 * Has a person asked before a call of a tool that is {@link Effect#DANGEROUS}, or that is named
 * here.
 */
public final class ApprovalRail implements Guardrail {
  private final Set<String> names;

  /** Asks before DANGEROUS tools and before those called {@code names}, whatever their effect. */
  public ApprovalRail(String... names) {
    this.names = Set.of(names);
  }

  @Override
  public Verdict onToolCall(ToolCall call, Effect effect, Run run) {
    if (names.contains(call.name())) {
      return new Verdict.AskPerson(call.name() + " is run only with a person's approval");
    }
    return switch (effect) {
      case READ, WRITE -> Verdict.ALLOW;
      case DANGEROUS -> new Verdict.AskPerson(call.name() + " does what cannot be taken back");
    };
  }
}
