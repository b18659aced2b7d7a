package dev.zhixing.chat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Has a reader take text that nobody vouches for, and holds it to what it promises for such. */
final class HostileText {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private HostileText() {}

  /**
   * Says whether the reader took the input.
   *
   * @param refusal what it may throw instead, with a text
   * @param heap bytes that it may take from the heap, garbage included
   */
  static boolean isTaken(
      byte[] input, Class<? extends RuntimeException> refusal, long heap, Consumer<String> reader) {
    String text = new String(input, StandardCharsets.UTF_8);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    boolean taken = isTakenOnce(text, refusal, reader);
    if (THREADS.getCurrentThreadAllocatedBytes() - before > heap) {
      before = THREADS.getCurrentThreadAllocatedBytes(); // again, with all classes loaded
      isTakenOnce(text, refusal, reader);
      long used = THREADS.getCurrentThreadAllocatedBytes() - before;
      if (used > heap) {
        throw new AssertionError(
            "expected at most %d bytes of heap, found %d".formatted(heap, used));
      }
    }
    return taken;
  }

  private static boolean isTakenOnce(
      String text, Class<? extends RuntimeException> refusal, Consumer<String> reader) {
    try {
      reader.accept(text);
      return true;
    } catch (RuntimeException e) {
      if (!refusal.isInstance(e) || String.valueOf(e.getMessage()).isBlank()) {
        throw e;
      }
      return false;
    }
  }
}
