package dev.zhixing.chat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.zhixing.chat.format.CallReader;
import dev.zhixing.chat.format.CallShape;
import dev.zhixing.chat.format.Thinking;
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
  private final @Nullable Thinking thinking;
  private final StopStream textEnd;
  private final @Nullable StopStream thinkingEnd;
  private final TurnListener listener;

  private final StringBuilder start = new StringBuilder();
  private final StringBuilder thoughts = new StringBuilder();
  private final StringBuilder text = new StringBuilder();
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
      CallShape shape,
      boolean mayCall,
      @Nullable Thinking thinking,
      boolean isThinking,
      List<String> stops,
      TurnListener listener) {
    this.shape = shape;
    this.mayCall = mayCall;
    this.thinking = thinking;
    this.listener = listener;
    this.part = isThinking ? Part.THINKING : Part.START;
    List<String> ends = new ArrayList<>(stops);
    if (mayCall && !shape.atStart()) {
      ends.add(shape.trigger());
    }
    this.textEnd = StopSequences.of(ends).stream();
    this.thinkingEnd =
        thinking == null ? null : StopSequences.of(List.of(thinking.close())).stream();
  }

  /** Takes what the model wrote next. */
  void feed(String more) {
    for (int i = 0; i < more.length() && !isStopped; i++) {
      feed(more.charAt(i));
    }
  }

  private void feed(char c) {
    switch (part) {
      case START -> begin(c);
      case THINKING -> think(c);
      case TEXT -> say(c);
      case CALLS -> {
        written.append(c);
        tellCalls();
      }
    }
  }

  private void begin(char c) {
    if (start.isEmpty() && Character.isWhitespace(c)) {
      return;
    }
    start.append(c);
    String seen = start.toString();
    if (thinking != null && thinking.open().startsWith(seen)) {
      part = thinking.open().equals(seen) ? Part.THINKING : Part.START;
    } else if (mayCall && shape.atStart() && seen.equals(shape.trigger())) {
      part = Part.CALLS;
    } else {
      part = Part.TEXT;
      feed(seen);
    }
  }

  private void think(char c) {
    if (thinkingEnd == null || (c == '\n' && thoughts.isEmpty())) {
      return;
    }
    tellThought(thinkingEnd.feed(String.valueOf(c)));
    if (thinkingEnd.isStopped()) {
      start.setLength(0);
      part = Part.START;
    }
  }

  private void tellThought(String more) {
    if (!more.isEmpty()) {
      thoughts.append(more);
      listener.onThinking(more);
    }
  }

  private void say(char c) {
    tellText(textEnd.feed(String.valueOf(c)));
    if (textEnd.isStopped()) {
      boolean calls = mayCall && textEnd.stop().equals(shape.trigger());
      part = calls ? Part.CALLS : Part.TEXT;
      isStopped = !calls;
    }
  }

  private void tellText(String more) {
    if (!more.isEmpty()) {
      text.append(more);
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
        tellText(textEnd.finish());
      }
      case THINKING -> {
        if (thinkingEnd != null) {
          tellThought(thinkingEnd.finish());
        }
      }
      case TEXT -> tellText(isStopped ? "" : textEnd.finish());
      case CALLS -> {}
    }
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
