package dev.zhixing.samples.remote;

import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One answer as it comes in, passed on to a handler: exactly one end, nothing after it. The client
 * calls from a thread of its own; {@link #await} is called by the one who asked.
 */
final class RemoteAnswer implements StreamingChatResponseHandler {

  private final StreamingChatResponseHandler handler;
  private final RemoteFaults faults;
  private final RemoteLimits limits;
  private final CountDownLatch end = new CountDownLatch(1);
  private final Object lock = new Object();

  private @Nullable StreamingHandle handle;
  private long heard = System.nanoTime();
  private boolean hasBegun;
  private boolean isOver;

  RemoteAnswer(StreamingChatResponseHandler handler, RemoteFaults faults, RemoteLimits limits) {
    this.handler = handler;
    this.faults = faults;
    this.limits = limits;
  }

  /** Waits for the end, and makes one if the server is silent for too long. */
  void await() {
    try {
      while (!end.await(nextLook(), TimeUnit.NANOSECONDS)) {
        if (nanosLeft() <= 0) {
          fail(faults.silent(hasBegun())); // first: stopping makes the client report an error too
          stop();
        }
      }
    } catch (InterruptedException e) {
      over();
      stop();
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Soon enough to see that an answer has begun, from when on the server may be silent for less.
   */
  private long nextLook() {
    return Math.clamp(nanosLeft(), 0, limits.silence().toNanos() / 4);
  }

  private long nanosLeft() {
    synchronized (lock) {
      long limit = (hasBegun ? limits.silence() : limits.response()).toNanos();
      return heard + limit - System.nanoTime();
    }
  }

  private boolean hasBegun() {
    synchronized (lock) {
      return hasBegun;
    }
  }

  private void stop() {
    StreamingHandle known;
    synchronized (lock) {
      known = handle;
    }
    if (known != null) {
      known.cancel();
    }
  }

  /** Passes on a piece unless the answer is over. */
  private void pass(@Nullable StreamingHandle from, Runnable piece) {
    synchronized (lock) {
      heard = System.nanoTime();
      hasBegun = true;
      handle = from == null ? handle : from;
      if (!isOver) {
        piece.run();
      }
    }
  }

  /** Whether this was the end; it is not if there was one before. */
  private boolean over() {
    synchronized (lock) {
      boolean first = !isOver;
      isOver = true;
      return first;
    }
  }

  private void fail(Throwable error) {
    if (over()) {
      try {
        handler.onError(error);
      } finally {
        end.countDown();
      }
    }
  }

  @Override
  public void onPartialResponse(PartialResponse partial, PartialResponseContext context) {
    pass(context.streamingHandle(), () -> handler.onPartialResponse(partial, context));
  }

  @Override
  public void onPartialThinking(PartialThinking partial, PartialThinkingContext context) {
    pass(context.streamingHandle(), () -> handler.onPartialThinking(partial, context));
  }

  @Override
  public void onPartialToolCall(PartialToolCall partial, PartialToolCallContext context) {
    pass(context.streamingHandle(), () -> handler.onPartialToolCall(partial, context));
  }

  @Override
  public void onCompleteToolCall(CompleteToolCall call) {
    pass(null, () -> handler.onCompleteToolCall(call));
  }

  @Override
  public void onUnmappedRawEvent(Object event) {
    pass(null, () -> handler.onUnmappedRawEvent(event));
    if (event instanceof ServerSentEvent sent) {
      ToldError.in(sent.data()).ifPresent(error -> fail(faults.told(error, sent.data())));
    }
  }

  @Override
  public void onCompleteResponse(ChatResponse response) {
    if (response.finishReason() == null) {
      fail(faults.brokenOff());
    } else if (over()) {
      try {
        handler.onCompleteResponse(RemoteUsage.told(response));
      } finally {
        end.countDown();
      }
    }
  }

  @Override
  public void onError(Throwable error) {
    fail(faults.of(error));
  }
}
