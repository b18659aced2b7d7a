package dev.zhixing.samples.cli;

import dev.langchain4j.data.message.ChatMessage;
import dev.zhixing.agent.Effect;
import dev.zhixing.agent.Guardrail;
import dev.zhixing.agent.Run;
import dev.zhixing.agent.ToolCall;
import dev.zhixing.agent.Verdict;
import java.util.List;
import java.util.function.Predicate;

/**
 * Another guardrail, less its questions about calls that the person approved beforehand on the
 * command line.
 */
final class PreApproved implements Guardrail {

  private final Guardrail rail;
  private final Predicate<String> approved;

  /** {@code approved} takes a tool's name. */
  PreApproved(Guardrail rail, Predicate<String> approved) {
    this.rail = rail;
    this.approved = approved;
  }

  @Override
  public String name() {
    return rail.name();
  }

  @Override
  public Verdict onInput(String request, List<ChatMessage> history) {
    return rail.onInput(request, history);
  }

  @Override
  public Verdict onToolCall(ToolCall call, Effect effect, Run run) {
    Verdict verdict = rail.onToolCall(call, effect, run);
    return verdict instanceof Verdict.AskPerson && approved.test(call.name())
        ? Verdict.ALLOW
        : verdict;
  }

  @Override
  public Verdict onOutput(String answer, Run run) {
    return rail.onOutput(answer, run);
  }
}
