package dev.zhixing.samples.cli;

import dev.zhixing.agent.Approver;
import dev.zhixing.agent.ToolCall;
import java.util.Locale;

/** Asks the person at the terminal; only a clear yes lets a call run. */
final class AskingApprover implements Approver {

  private final Prompt prompt;

  AskingApprover(Prompt prompt) {
    this.prompt = prompt;
  }

  @Override
  public Decision decide(ToolCall call, String reason) {
    String answer = prompt.ask(reason + ".\nRun " + RunPrinter.call(call) + "? [y/N] ");
    if (answer == null) {
      return new Decision.Deny("the person gave no answer");
    }
    return switch (answer.strip().toLowerCase(Locale.ROOT)) {
      case "y", "yes", "是", "好", "同意", "可以" -> new Decision.Approve();
      default -> new Decision.Deny("the person does not want this call");
    };
  }
}
