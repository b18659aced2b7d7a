package dev.zhixing.agent;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One turn of the model, on a thread of its own: a platform thread, since a local model computes
 * and would hold a virtual thread's carrier. What it says comes through a queue, so that events are
 * emitted from one thread and the turn can be given up at any time.
 */
final class ModelTurn implements StreamingChatResponseHandler {
  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private final StringBuilder heard = new StringBuilder();
  private final Thread thread;
  private volatile @Nullable StreamingHandle handle;
  private volatile boolean givenUp;
  private volatile boolean spoke;
  private boolean passedOn;

  /** What comes from the model, or stops it. */
  sealed interface Signal {
    record Thinking(String text) implements Signal {}

    record Text(String text) implements Signal {}

    /** A call is complete; the reply may go on. */
    record Call(ToolExecutionRequest request) implements Signal {}

    record Reply(ChatResponse response) implements Signal {}

    record Broken(Throwable cause) implements Signal {}

    record Stop() implements Signal {}
  }

  private ModelTurn(ModelPort model, ChatRequest request, Run run) {
    thread =
        Thread.ofPlatform()
            .daemon()
            .name("zhixing-model")
            .unstarted(
                () -> {
                  try {
                    model.ask(request, this);
                  } catch (Throwable e) { // whatever a provider throws ends the run with a reason
                    signals.add(new Signal.Broken(e));
                  }
                });
    var _ = run.cancellation().thenRun(() -> signals.add(new Signal.Stop()));
  }

  static ModelTurn start(ModelPort model, ChatRequest request, Run run) {
    ModelTurn turn = new ModelTurn(model, request, run);
    turn.thread.start();
    return turn;
  }

  /** The next signal; Stop if none comes in time. */
  Signal next(long limit, TimeUnit unit) throws InterruptedException {
    Signal signal = signals.poll(limit, unit);
    if (signal instanceof Signal.Text(String text)) {
      heard.append(text);
    }
    passedOn |= signal instanceof Signal.Text || signal instanceof Signal.Thinking;
    return signal == null ? new Signal.Stop() : signal;
  }

  /** The text that was passed on so far. */
  String heard() {
    return heard.toString();
  }

  /** Whether text or thoughts were passed on so far. */
  boolean wasHeard() {
    return passedOn;
  }

  /** Stops listening and asks the model to stop: through its handle, else by an interrupt. */
  void giveUp() {
    givenUp = true;
    StreamingHandle streaming = handle;
    if (streaming != null) {
      streaming.cancel();
    }
    thread.interrupt();
  }

  @Override
  public void onPartialThinking(PartialThinking partial) {
    signals.add(new Signal.Thinking(partial.text()));
  }

  @Override
  public void onPartialResponse(PartialResponse partial, PartialResponseContext context) {
    handle = context.streamingHandle();
    if (givenUp) {
      context.streamingHandle().cancel();
    }
    onPartialResponse(partial.text());
  }

  @Override
  public void onPartialResponse(String text) {
    spoke = true;
    signals.add(new Signal.Text(text));
  }

  @Override
  public void onCompleteToolCall(CompleteToolCall call) {
    signals.add(new Signal.Call(call.toolExecutionRequest()));
  }

  @Override
  public void onCompleteResponse(ChatResponse response) {
    String text = response.aiMessage().text();
    if (!spoke && text != null && !text.isEmpty()) {
      signals.add(new Signal.Text(text));
    }
    signals.add(new Signal.Reply(response));
  }

  @Override
  public void onError(Throwable error) {
    signals.add(new Signal.Broken(error));
  }
}
