package dev.zhixing.agent;

import dev.langchain4j.data.message.ChatMessage;
import java.util.List;
import java.util.function.Supplier;

/** Asks the memory, and tells that it was asked, how long it took and whether it failed. */
record MemoryCaller(Memory memory) {

  /** What the model should see before {@code request}, see {@link Memory#recall}. */
  List<ChatMessage> recall(Run run, String request, List<ChatMessage> history) {
    return told(run, AgentEvent.MemoryUsed.Use.RECALL, () -> memory.recall(request, history));
  }

  /** Lets the memory take note of a run that ended. */
  void record(Run run, RunResult result) {
    var _ =
        told(
            run,
            AgentEvent.MemoryUsed.Use.RECORD,
            () -> {
              memory.record(result);
              return run.messages();
            });
  }

  private List<ChatMessage> told(
      Run run, AgentEvent.MemoryUsed.Use use, Supplier<List<ChatMessage>> asking) {
    if (memory.equals(Memory.NONE)) {
      return asking.get();
    }
    long started = System.nanoTime();
    boolean success = false;
    try {
      List<ChatMessage> messages = asking.get();
      success = true;
      return messages;
    } finally {
      long millis = (System.nanoTime() - started) / 1_000_000;
      run.emit(new AgentEvent.MemoryUsed(use, success, millis));
    }
  }
}
