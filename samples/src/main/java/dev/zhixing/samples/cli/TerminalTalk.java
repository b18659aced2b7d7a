package dev.zhixing.samples.cli;

import dev.zhixing.agent.AgentBuilder;
import dev.zhixing.agent.AgentListener;
import dev.zhixing.agent.Conversation;
import dev.zhixing.agent.Run;
import org.jspecify.annotations.Nullable;

/** A conversation on a terminal. */
final class TerminalTalk {

  private final Surroundings surroundings;
  private final AgentListener printer;
  private volatile @Nullable Run running;

  TerminalTalk(Surroundings surroundings, AgentListener printer) {
    this.surroundings = surroundings;
    this.printer = printer;
  }

  /** Talks until the person ends it. */
  int run(AgentBuilder builder, RunOptions options) {
    try (TerminalLines lines = new TerminalLines(surroundings.directories(), this::stopAnswer)) {
      builder.approver(
          options.approval().denies()
              ? options.approval().approver(surroundings).orElseThrow()
              : new AskingApprover(lines));
      Conversation conversation = builder.build().converse();
      surroundings.out().println("Ask away. Ctrl-C stops an answer, Ctrl-D ends the talk.");
      for (String line = lines.ask("> "); line != null; line = lines.ask("> ")) {
        if (!line.isBlank()) {
          answer(conversation, line.strip());
        }
      }
      return ExitStatus.ANSWERED;
    }
  }

  private void answer(Conversation conversation, String request) {
    Run run = conversation.start(request, printer);
    running = run;
    try {
      Endings.explain(run.await(), surroundings.err(), false);
    } finally {
      running = null;
    }
  }

  private void stopAnswer() {
    Run run = running;
    if (run != null) {
      run.cancel();
    }
  }
}
