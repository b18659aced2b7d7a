package dev.zhixing.agent;

import dev.langchain4j.data.message.ChatMessage;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** The guardrails of an agent, asked in order. */
final class Rails {
  private final List<Guardrail> rails;

  /**
   * What all rails say together: what is left of the text, who blocks it, who wants a person to be
   * asked.
   */
  record Judgement(String text, Optional<Verdict.Block> block, Optional<Verdict.AskPerson> ask) {
    /**
     * The end of a run whose request or answer does not pass; nobody is asked about those, so an
     * ask blocks too.
     */
    Optional<RunResult> refusal(Run run) {
      return block
          .or(() -> ask.map(a -> new Verdict.Block(a.reason(), a.reason())))
          .map(b -> new RunResult.Refused(run, b.message(), b.reason()));
    }
  }

  Rails(List<Guardrail> rails) {
    this.rails = List.copyOf(rails);
  }

  Judgement onInput(Run run, List<ChatMessage> history) {
    return judge(run, "input", run.request(), (rail, text) -> rail.onInput(text, history));
  }

  Judgement onToolCall(Run run, ToolCall call, Effect effect) {
    return judge(
        run,
        "call",
        call.arguments(),
        (rail, text) -> rail.onToolCall(call.withArguments(text), effect, run));
  }

  /** Whether {@code call} passes as it is; nobody is told. */
  boolean letPass(Run run, ToolCall call, Effect effect) {
    return rails.stream()
        .allMatch(rail -> rail.onToolCall(call, effect, run) instanceof Verdict.Allow);
  }

  Judgement onOutput(Run run, String answer) {
    return judge(run, "output", answer, (rail, text) -> rail.onOutput(text, run));
  }

  /** The first block ends the questions; an ask does not, since a later rail may still block. */
  private Judgement judge(
      Run run, String on, String subject, BiFunction<Guardrail, String, Verdict> question) {
    String text = subject;
    Optional<Verdict.AskPerson> ask = Optional.empty();
    for (Guardrail rail : rails) {
      switch (question.apply(rail, text)) {
        case Verdict.Allow _ -> {}
        case Verdict.Rewrite(String other, String reason) -> {
          text = other;
          run.emit(new AgentEvent.Judged(rail.name(), on, "rewrite", reason));
        }
        case Verdict.Block block -> {
          run.emit(new AgentEvent.Judged(rail.name(), on, "block", block.reason()));
          return new Judgement(text, Optional.of(block), ask);
        }
        case Verdict.AskPerson first -> {
          run.emit(new AgentEvent.Judged(rail.name(), on, "ask", first.reason()));
          ask = ask.or(() -> Optional.of(first));
        }
      }
    }
    return new Judgement(text, Optional.empty(), ask);
  }
}
