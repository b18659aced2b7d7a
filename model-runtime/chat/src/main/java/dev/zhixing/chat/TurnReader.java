package dev.zhixing.chat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.zhixing.chat.format.CallReader;
import dev.zhixing.chat.format.CallShape;
import dev.zhixing.chat.format.Thinking;
import dev.zhixing.chat.format.TurnFormat;
import dev.zhixing.chat.format.WrittenCall;
import dev.zhixing.engine.sampling.StopSequences;
import dev.zhixing.engine.sampling.StopStream;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Parts what a model writes, while it writes, into thinking, text and calls. One turn, one thread.
 */
final class TurnReader {

  private enum Part {
    START,
    THINKING,
    TEXT,
    CALLS
  }

  private final CallShape shape;
  private final boolean mayCall;
  private final boolean isTriggerSpecial;
  private final @Nullable Thinking thinking;
  private final boolean isThinkingSpecial;
  private final StopStream textEnd;
  private final @Nullable StopStream thinkingEnd;
  private final TurnListener listener;

  private final StringBuilder start = new StringBuilder();
  private final StringBuilder thoughts = new StringBuilder();
  private final StringBuilder text = new StringBuilder();
  private int thoughtsTold;
  private int textTold;
  private final StringBuilder written = new StringBuilder();
  private final List<String> callIds = new ArrayList<>();
  private final List<ToolExecutionRequest> calls = new ArrayList<>();
  private int argumentsTold;
  private Part part;
  private boolean isStopped;

  /**
   * @param isThinking whether the cue has begun a thinking section
   * @param stops strings that end the text
   */
  TurnReader(
      TurnFormat format,
      boolean mayCall,
      boolean isThinking,
      List<String> stops,
      TurnListener listener) {
    this.shape = format.shape();
    this.mayCall = mayCall;
    this.isTriggerSpecial = format.spellings().isSpecial(shape.trigger());
    this.thinking = format.thinking();
    this.isThinkingSpecial = thinking != null && format.spellings().isSpecial(thinking.close());
    this.listener = listener;
    this.part = isThinking ? Part.THINKING : Part.START;
    List<String> ends = new ArrayList<>(stops);
    if (mayCall && !shape.atStart() && !isTriggerSpecial) {
      ends.add(shape.trigger());
    }
    this.textEnd = StopSequences.of(ends).stream();
    this.thinkingEnd =
        thinking == null || isThinkingSpecial
            ? null
            : StopSequences.of(List.of(thinking.close())).stream();
  }

  /** Takes what the model wrote next in ordinary tokens. */
  void feed(String more) {
    for (int i = 0; i < more.length() && !isStopped; i++) {
      if (part == Part.CALLS) {
        call(more.substring(i));
        return;
      }
      feed(more.charAt(i));
    }
    tell();
  }

  /** Takes a special token; its spelling in ordinary tokens is text like any other. */
  void feedSpecial(String spelling) {
    boolean isTrigger = mayCall && isTriggerSpecial && spelling.equals(shape.trigger());
    if (part == Part.CALLS) {
      call(spelling);
    } else if (isTrigger) {
      finish();
      part = Part.CALLS;
    } else if (thinking != null && isThinkingSpecial && begins(thinking, spelling)) {
      start.setLength(0);
      part = Part.THINKING;
    } else if (thinking != null && isThinkingSpecial && ends(thinking, spelling)) {
      start.setLength(0);
      part = Part.START;
    } else {
      feed(spelling);
    }
  }

  private boolean begins(Thinking section, String spelling) {
    return part == Part.START && spelling.equals(section.open());
  }

  private boolean ends(Thinking section, String spelling) {
    return part == Part.THINKING && spelling.equals(section.close());
  }

  private void feed(char c) {
    switch (part) {
      case START -> begin(c);
      case THINKING -> think(c);
      case TEXT -> say(c);
      case CALLS -> call(String.valueOf(c));
    }
  }

  private void call(String more) {
    tell();
    written.append(more);
    tellCalls();
  }

  private void begin(char c) {
    if (start.isEmpty() && Character.isWhitespace(c)) {
      return;
    }
    start.append(c);
    String seen = start.toString();
    if (thinking != null && !isThinkingSpecial && thinking.open().startsWith(seen)) {
      part = thinking.open().equals(seen) ? Part.THINKING : Part.START;
    } else if (mayCall && shape.atStart() && seen.equals(shape.trigger())) {
      part = Part.CALLS;
    } else {
      part = Part.TEXT;
      feed(seen);
    }
  }

  private void think(char c) {
    if (c == '\n' && thoughts.isEmpty()) {
      return;
    }
    if (thinkingEnd == null) {
      thoughts.append(String.valueOf(c));
      return;
    }
    thoughts.append(thinkingEnd.feed(String.valueOf(c)));
    if (thinkingEnd.isStopped()) {
      start.setLength(0);
      part = Part.START;
    }
  }

  private void say(char c) {
    text.append(textEnd.feed(String.valueOf(c)));
    if (textEnd.isStopped()) {
      boolean calls = mayCall && textEnd.stop().equals(shape.trigger());
      part = calls ? Part.CALLS : Part.TEXT;
      isStopped = !calls;
    }
  }

  /** Tells what has come since the last time. */
  private void tell() {
    if (thoughts.length() > thoughtsTold) {
      String more = thoughts.substring(thoughtsTold);
      thoughtsTold = thoughts.length();
      listener.onThinking(more);
    }
    if (text.length() > textTold) {
      String more = text.substring(textTold);
      textTold = text.length();
      listener.onText(more);
    }
  }

  private void tellCalls() {
    List<WrittenCall> found = CallReader.read(shape, written.toString());
    for (int i = calls.size(); i < found.size(); i++) {
      WrittenCall call = found.get(i);
      if (callIds.size() == i) {
        callIds.add("call" + UUID.randomUUID().toString().substring(0, 5));
        argumentsTold = 0;
      }
      String more = call.arguments().substring(argumentsTold);
      if (call.isComplete() || call.arguments().length() > 1) {
        argumentsTold = call.arguments().length();
      } else {
        more = ""; // a brace alone tells nothing
      }
      if (!more.isEmpty()) {
        listener.onPartialCall(i, callIds.get(i), call.name(), more);
      }
      if (!call.isComplete()) {
        return;
      }
      ToolExecutionRequest request =
          ToolExecutionRequest.builder()
              .id(callIds.get(i))
              .name(call.name())
              .arguments(call.arguments())
              .build();
      calls.add(request);
      listener.onCall(i, request);
    }
  }

  /** Hands out what was held back, at the end of the turn. */
  void finish() {
    switch (part) {
      case START -> {
        part = Part.TEXT;
        feed(start.toString());
        text.append(textEnd.finish());
      }
      case THINKING -> {
        if (thinkingEnd != null) {
          thoughts.append(thinkingEnd.finish());
        }
      }
      case TEXT -> text.append(isStopped ? "" : textEnd.finish());
      case CALLS -> {}
    }
    tell();
  }

  /** Whether what was written last is a part of a call, or might be. */
  boolean isCalling() {
    return part == Part.CALLS;
  }

  /** Whether a stop sequence has come. */
  boolean isStopped() {
    return isStopped;
  }

  String thoughts() {
    return thoughts.toString().strip();
  }

  /** The text, without the white space that parts it from thoughts and calls. */
  String text() {
    return calls.isEmpty() ? text.toString() : text.toString().stripTrailing();
  }

  List<ToolExecutionRequest> calls() {
    return calls;
  }
}
