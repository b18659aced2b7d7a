package dev.zhixing.chat;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The conversations that keep their tokens between requests. A request gets the transcript that it
 * continues furthest; with all of them unlike it, a new one, in place of the least recently used
 * where the pool is full. Safe for all threads.
 */
final class TranscriptPool implements AutoCloseable {

  private final int capacity;
  private final Supplier<Transcript> maker;

  /** Idle transcripts, the least recently used first. */
  private final List<Transcript> idle = new ArrayList<>();

  private boolean closed;

  TranscriptPool(int capacity, Supplier<Transcript> maker) {
    if (capacity < 1) {
      throw new IllegalArgumentException("conversations: expected at least 1, found " + capacity);
    }
    this.capacity = capacity;
    this.maker = maker;
  }

  /** Takes a transcript out of the pool; nobody else has it until it is given back. */
  synchronized Transcript take(List<ToolSpecification> tools, List<ChatMessage> messages) {
    if (closed) {
      throw new IllegalStateException("chat model: expected an open one, found it closed");
    }
    Transcript best = null;
    int most = 0;
    for (Transcript transcript : idle) {
      int matching = transcript.matching(tools, messages);
      if (matching > most) {
        best = transcript;
        most = matching;
      }
    }
    if (best == null && idle.size() >= capacity) {
      best = idle.getFirst();
    }
    if (best != null) {
      idle.remove(best);
      return best;
    }
    return maker.get();
  }

  /** Puts a transcript back, or closes it where the pool is full or closed. */
  synchronized void giveBack(Transcript transcript) {
    if (closed || idle.size() >= capacity) {
      transcript.close();
    } else {
      idle.add(transcript);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    idle.forEach(Transcript::close);
    idle.clear();
  }
}
