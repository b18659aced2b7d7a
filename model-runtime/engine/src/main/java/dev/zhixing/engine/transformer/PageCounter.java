package dev.zhixing.engine.transformer;

import java.util.concurrent.atomic.AtomicLong;

/** Counts the pages of a group of caches, those that several share once. Safe for all threads. */
public final class PageCounter {
  private final AtomicLong pages = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();

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
  }

  void remove(int pageBytes) {
    pages.decrementAndGet();
    bytes.addAndGet(-pageBytes);
  }
}
