package dev.zhixing.agent;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended. Every run ends as one of these; the model's and the tools' faults never leave it
 * as an exception.
 */
public sealed interface RunResult {

  /** The run that ended. */
  Run run();

  /**
   * What to show to the person who asked: the answer, the refusal, the partial answer; may be
   * empty.
   */
  String text();

  /** Why the run ended so, in a sentence. */
  String reason();

  /** The planner finished and the guardrails let the answer through. */
  record Answered(Run run, String text) implements RunResult {
    @Override
    public String reason() {
      return "answered";
    }
  }

  /**
   * A guardrail blocked the request or the answer.
   *
   * @param text a polite refusal in the language of the request
   * @param reason which guardrail, and why
   */
  record Refused(Run run, String text, String reason) implements RunResult {}

  /**
   * A person must agree first, and nobody was there to ask: none of the step's calls was run. Go on
   * with {@link Agent#resume(NeedsApproval)}, or in another process with {@link
   * Agent#resume(String)}, and what the person decided.
   *
   * @param calls exactly the calls that need approval
   */
  record NeedsApproval(Run run, List<ToolCall> calls, String reason) implements RunResult {
    public NeedsApproval {
      calls = List.copyOf(calls);
    }

    @Override
    public String text() {
      return "";
    }

    /** Which calls these are: a hash of their ids, names and canonical arguments. */
    public String hash() {
      return ToolCall.hash(recorded());
    }

    /** The approval of all calls. */
    public Approval approve() {
      return decide(_ -> new Approver.Decision.Approve());
    }

    /** The denial of all calls; the model reads {@code reason}, which may be empty. */
    public Approval deny(String reason) {
      return decide(_ -> new Approver.Decision.Deny(reason));
    }

    /** A decision for each call. */
    public Approval decide(Function<ToolCall, Approver.Decision> decision) {
      return new Approval(hash(), calls.stream().map(decision).toList());
    }

    List<RecordedCall> recorded() {
      return calls.stream().map(RecordedCall::of).toList();
    }
  }

  /**
   * The budget was used up.
   *
   * @param limit the limit that was reached
   * @param text the best partial answer: what the model said last
   */
  record OutOfBudget(Run run, Budget.Limit limit, String text) implements RunResult {
    @Override
    public String reason() {
      Budget budget = run.budget();
      return switch (limit) {
        case STEPS -> reached(budget.steps() + " steps");
        case MODEL_CALLS -> reached(budget.modelCalls() + " questions to the model");
        case TOOL_CALLS -> reached(budget.toolCalls() + " tool calls");
        case INPUT_TOKENS -> reached(budget.inputTokens() + " tokens of prompts");
        case OUTPUT_TOKENS -> reached(budget.outputTokens() + " generated tokens");
        case TIME -> reached(budget.time().toMillis() / 1000.0 + " s");
        case MONEY -> reached("what calls may cost, " + budget.money() + ",");
        case REPLY_LENGTH -> "the model's own limit of a reply is reached";
      };
    }

    private static String reached(String what) {
      return "the limit of " + what + " is reached";
    }
  }

  /**
   * {@link Run#cancel()}, or an interrupt of the thread that ran it.
   *
   * @param text what the model had said until then
   */
  record Cancelled(Run run, String text) implements RunResult {
    @Override
    public String reason() {
      return "cancelled";
    }
  }

  /**
   * The run could not go on: the model failed, or kept failing at the same call.
   *
   * @param cause the exception behind it, if there was one
   */
  record Failed(Run run, String reason, @Nullable Throwable cause) implements RunResult {
    /** The fault is neither the model's nor a tool's. */
    static Failed itself(Run run, Throwable cause) {
      return new Failed(run, "the agent itself failed: " + Failures.inWords(cause), cause);
    }

    @Override
    public String text() {
      return "";
    }
  }
}
