package dev.zhixing.samples.cli;

import dev.zhixing.agent.AgentEvent;
import dev.zhixing.agent.AgentListener;
import dev.zhixing.agent.ToolCall;
import java.io.PrintStream;

/**
 * Shows a run as it happens: a line each for what the agent thinks, how it acts, what it observes
 * and what it answers. One run at a time, on the run's thread.
 *
 * <p>What the model says is shown token by token. Whether it is a thought or the answer is known
 * only when the turn is over, so on a terminal the line begins as a thought and its label is
 * rewritten when it proves to be the answer; elsewhere the line waits until it is known. A text
 * longer than {@value #LONGEST_THOUGHT} columns counts as an answer at once.
 */
final class RunPrinter implements AgentListener {

  private static final int LONGEST_THOUGHT = 60;
  private static final int LONGEST_RESULT = 400;
  private static final String INDENT = "         ";

  private final PrintStream out;
  private final Palette palette;
  private final boolean rewrites;

  private final StringBuilder said = new StringBuilder();
  private boolean open; // a line of what the model says has been begun
  private boolean decided; // and its label is final
  private boolean isThought; // where it is decided
  private boolean turnOver = true;
  private String answered = ""; // what was shown as an answer last
  private String held = ""; // what was thought about it, shown only if it was not the last word
  private boolean interrupted; // by a call that began while the model still spoke
  private boolean aside; // a planner's own question, whose reply may be heard only at its end

  /** Prints to {@code out}; {@code terminal} says whether it understands a carriage return. */
  RunPrinter(PrintStream out, boolean terminal, Palette palette) {
    this.out = out;
    this.rewrites = terminal;
    this.palette = palette;
  }

  @Override
  public void on(AgentEvent event) {
    if (!(event instanceof AgentEvent.Ended)) {
      release();
    }
    switch (event) {
      case AgentEvent.Started started -> {
        answered = "";
        held = "";
      }
      case AgentEvent.Resumed resumed -> resume(resumed);
      case AgentEvent.Asked asked -> {
        startTurn();
        interrupted = false;
        aside = !asked.purpose().isEmpty();
      }
      case AgentEvent.Thinking thinking -> {}
      case AgentEvent.Said piece -> say(piece.text());
      case AgentEvent.Replied replied -> endTurn(!replied.calls().isEmpty(), replied.text());
      case AgentEvent.ModelFailed failed -> fail(failed);
      case AgentEvent.Overshot overshot -> {}
      case AgentEvent.CallStarted started -> {
        endThought();
        line(palette.blue("act      "), call(started.call()));
      }
      case AgentEvent.Observed observed -> observe(observed);
      case AgentEvent.Judged judged -> {}
      case AgentEvent.MemoryUsed used -> {}
      case AgentEvent.Decided decision -> {}
      case AgentEvent.Ended ended -> end(ended);
    }
    out.flush();
  }

  private void resume(AgentEvent.Resumed resumed) {
    answered = "";
    line(
        palette.dim("resume   "),
        "run %s after %d finished steps".formatted(resumed.from(), resumed.steps()));
    for (ToolCall call : resumed.inDoubt()) {
      line(palette.yellow("in doubt "), call(call));
    }
  }

  private void startTurn() {
    said.setLength(0);
    open = false;
    decided = false;
    turnOver = false;
  }

  private void fail(AgentEvent.ModelFailed failed) {
    boolean shown = open || (interrupted && !turnOver);
    if (open) {
      out.println();
    }
    startTurn();
    String then =
        switch (failed.then()) {
          case RETRY -> "asking it again" + soon(failed.waitMillis());
          case NEXT_MODEL -> "asking the next one";
          case END -> "giving up";
        };
    line(
        palette.red("model    "),
        "%s failed: %s; %s%s"
            .formatted(
                failed.model(),
                failed.reason(),
                failed.withdrawn() && shown ? "what it had said does not count; " : "",
                then));
  }

  /** Nothing for a wait that nobody notices. */
  private static String soon(long millis) {
    return millis < 1000 ? "" : " in %s s".formatted(millis / 1000.0);
  }

  private void say(String piece) {
    String text = said.isEmpty() ? piece.stripLeading() : piece;
    if (text.isEmpty()) {
      return;
    }
    if (decided) {
      said.append(text);
      print(text);
      return;
    }
    if (columns(said) + columns(text) > LONGEST_THOUGHT || text.indexOf('\n') >= 0) {
      decide(true);
      said.append(text);
      print(text);
      return;
    }
    said.append(text);
    if (rewrites) {
      if (!open) {
        out.print(thinkLabel());
        open = true;
      }
      print(text);
    }
  }

  private void decide(boolean isAnswer) {
    decided = true;
    isThought = !isAnswer;
    if (rewrites && open) {
      if (!isAnswer) {
        return;
      }
      out.print('\r');
    }
    out.print(isAnswer ? answerLabel() : thinkLabel());
    open = true;
    print(said.toString());
  }

  private void endTurn(boolean hasCalls, String text) {
    turnOver = true;
    boolean thinks = hasCalls || (aside && said.isEmpty());
    if (!hasCalls && thinks && !answered.isEmpty()) {
      held = shortened(text);
      return;
    }
    if (said.isEmpty() && !text.isBlank() && !interrupted) {
      said.append(thinks ? shortened(text) : text.strip());
    }
    if (said.isEmpty()) {
      return;
    }
    if (!decided) {
      decide(!thinks);
    }
    if (!isThought) {
      answered = said.toString().strip();
    }
    out.println();
    open = false;
  }

  /** A call begins before the turn is over: what was said so far is a thought. */
  private void endThought() {
    if (!turnOver && !said.isEmpty()) {
      endTurn(true, "");
      startTurn();
      interrupted = true;
    }
  }

  /** Shows what was thought about an answer, now that the run goes on after it. */
  private void release() {
    if (!held.isEmpty()) {
      line(thinkLabel(), held);
      held = "";
    }
  }

  private void observe(AgentEvent.Observed observed) {
    String text = shortened(observed.text());
    if (observed.success()) {
      line(palette.green("observe  "), text);
    } else {
      line(palette.red("observe  "), "failed: " + text);
    }
  }

  private static String shortened(String text) {
    String own = text.strip();
    return own.length() > LONGEST_RESULT ? own.substring(0, LONGEST_RESULT) + " …" : own;
  }

  private void end(AgentEvent.Ended ended) {
    if (open) {
      out.println();
      open = false;
      answered = decided && !isThought ? said.toString().strip() : answered; // cut off, yet shown
    }
    switch (ended.result()) {
      case "Answered" -> {
        // A guardrail may have rewritten what was shown, or a critic have spoken since.
        if (!ended.text().strip().equals(answered)) {
          release();
          line(answerLabel(), ended.text().strip());
        }
      }
      case "Refused" -> line(palette.yellow("refuse   "), ended.text().strip());
      case "Cancelled" -> line(palette.yellow("stopped  "), ended.reason());
      case "OutOfBudget" -> {
        if (!ended.text().isBlank() && !ended.text().strip().equals(answered)) {
          line(palette.yellow("so far   "), ended.text().strip());
        }
      }
      default -> {} // told on standard error, with what to do
    }
  }

  private void line(String label, String text) {
    out.print(label);
    print(text);
    out.println();
  }

  private void print(String text) {
    out.print(text.replace("\n", System.lineSeparator() + INDENT));
  }

  private String thinkLabel() {
    return palette.dim("think    ");
  }

  private String answerLabel() {
    return palette.bold("answer   ");
  }

  static String call(ToolCall call) {
    return call.name() + " " + call.arguments();
  }

  /** Columns on a terminal: two for what East Asian fonts draw wide. */
  static int columns(CharSequence text) {
    return text.codePoints().map(c -> isWide(c) ? 2 : 1).sum();
  }

  private static boolean isWide(int c) {
    return c >= 0x1100
        && (c <= 0x115f
            || (c >= 0x2e80 && c <= 0xa4cf)
            || (c >= 0xac00 && c <= 0xd7a3)
            || (c >= 0xf900 && c <= 0xfaff)
            || (c >= 0xfe30 && c <= 0xfe6f)
            || (c >= 0xff00 && c <= 0xff60)
            || (c >= 0xffe0 && c <= 0xffe6)
            || (c >= 0x1f300 && c <= 0x1faff)
            || (c >= 0x20000 && c <= 0x3fffd));
  }
}
