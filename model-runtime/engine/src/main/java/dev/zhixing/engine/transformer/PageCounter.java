package dev.zhixing.engine.transformer;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Counts the pages of a group of caches, those that several share once. Safe for all threads. */
public final class PageCounter {
  private final @Nullable PageCounter whole;
  private final AtomicLong pages = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();

  /** Counts the pages of caches that belong to no larger group. */
  public PageCounter() {
    whole = null;
  }

  /**
   * Counts the pages that a part of a group made.
   *
   * @param whole counts them, too
   */
  public PageCounter(PageCounter whole) {
    this.whole = whole;
  }

  /** Pages in use, mapped ones included. */
  public long pages() {
    return pages.get();
  }

  /** Bytes of memory that the pages take; those of mapped files do not count. */
  public long bytes() {
    return bytes.get();
  }

  void add(int pageBytes) {
    pages.incrementAndGet();
    bytes.addAndGet(pageBytes);
    if (whole != null) {
      whole.add(pageBytes);
    }
  }

  void remove(int pageBytes) {
    pages.decrementAndGet();
    bytes.addAndGet(-pageBytes);
    if (whole != null) {
      whole.remove(pageBytes);
    }
  }
}
