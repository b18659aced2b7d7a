package dev.zhixing.engine.fuzz;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.regex.Pattern;

/** Has a reader take bytes that nobody vouches for, and holds it to what it promises for such. */
final class HostileInput {
  /** Maps, tables and buffers of a small file, and the stack traces of its refusal. */
  private static final long HEAP = 16 << 20;

  /** Bytes taken from the heap for one of the file, garbage included: strings have headers. */
  private static final long HEAP_FOR_EACH_BYTE = 400;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private HostileInput() {}

  /** Something that takes an input. */
  @FunctionalInterface
  interface Reader {
    /** Reads it and uses what it holds. */
    void read() throws IOException;
  }

  /** As below, for an input of so many bytes that is read as a file. */
  static boolean isTaken(
      Class<? extends RuntimeException> refusal, String places, int size, Reader reader) {
    return isTaken(refusal, places, HEAP + HEAP_FOR_EACH_BYTE * size, reader);
  }

  /**
   * Says whether the reader took the input.
   *
   * @param refusal what it may throw instead, with a text that says what was expected
   * @param places a pattern of what such a text must name
   * @param most bytes that the reader may take from the heap
   */
  static boolean isTaken(
      Class<? extends RuntimeException> refusal, String places, long most, Reader reader) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    boolean taken = isTakenOnce(refusal, places, reader);
    if (THREADS.getCurrentThreadAllocatedBytes() - before > most) {
      before = THREADS.getCurrentThreadAllocatedBytes(); // again, with all classes loaded
      isTakenOnce(refusal, places, reader);
      long used = THREADS.getCurrentThreadAllocatedBytes() - before;
      if (used > most) {
        throw new AssertionError(
            "expected at most %d bytes of heap, found %d".formatted(most, used));
      }
    }
    return taken;
  }

  private static boolean isTakenOnce(
      Class<? extends RuntimeException> refusal, String places, Reader reader) {
    try {
      reader.read();
      return true;
    } catch (RuntimeException e) {
      if (!refusal.isInstance(e)) {
        throw e;
      }
      check(e, places);
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("the target cannot write its files", e);
    }
  }

  private static void check(RuntimeException e, String places) {
    String text = String.valueOf(e.getMessage());
    if (!Pattern.compile(places).matcher(text).find() || !text.contains("expected")) {
      throw new AssertionError(
          "expected a text that names '%s' and what was expected, found '%s'"
              .formatted(places, text),
          e);
    }
  }
}
