package dev.zhixing.engine.transformer;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Keys and values of the tokens so far, in pages of {@value #PAGE} positions that are made when
 * they are needed. Forks share the pages before the fork; a shared page is copied by the first that
 * writes in it. Owned by one session, one thread at a time; forks may run in other threads.
 */
public final class KeyValueCache {
  /** Positions of a page. */
  public static final int PAGE = 64;

  private final CacheType type;
  private final PageShape shape;
  private final PageCounter counter;
  private final List<Page> pages = new ArrayList<>();

  /** Creates an empty cache in half precision for a model of this shape. */
  public KeyValueCache(ModelConfig config) {
    this(config, CacheType.F16, new PageCounter());
  }

  /**
   * Creates an empty cache for a model of this shape.
   *
   * @param counter counts its pages
   */
  public KeyValueCache(ModelConfig config, CacheType type, PageCounter counter) {
    this(type, new PageShape(config.layers(), config.keyValueHeads(), config.headSize()), counter);
  }

  private KeyValueCache(CacheType type, PageShape shape, PageCounter counter) {
    this.type = type;
    this.shape = shape;
    this.counter = counter;
  }

  /** Returns how the numbers are stored. */
  public CacheType type() {
    return type;
  }

  /** Returns a cache of the first positions, which shares their pages. */
  public KeyValueCache fork(int positions) {
    return fork(positions, counter);
  }

  /**
   * Returns a cache of the first positions, which shares their pages.
   *
   * @param counter counts the pages that the fork makes
   */
  public KeyValueCache fork(int positions, PageCounter counter) {
    KeyValueCache fork = new KeyValueCache(type, shape, counter);
    for (int page = 0; page < pagesFor(positions); page++) {
      pages.get(page).share();
      fork.pages.add(pages.get(page));
    }
    return fork;
  }

  /**
   * Takes another cache's pages in place of its own for the first positions, which hold the same
   * tokens in both: the bits are the same, and their memory is needed once. A last page that is not
   * full stays its own.
   *
   * @param positions at most as many as both hold
   */
  public void sharePages(KeyValueCache other, int positions) {
    for (int page = 0; page < positions / PAGE; page++) {
      Page same = other.pages.get(page);
      if (same != pages.get(page)) {
        same.share();
        pages.set(page, same).release();
      }
    }
  }

  /** Makes pages of its own for the positions from {@code from} to {@code to} - 1. */
  void reserve(int from, int to) {
    for (int page = from / PAGE; page < pagesFor(to); page++) {
      if (page == pages.size()) {
        pages.add(type.newPage(shape, counter));
      } else if (pages.get(page).isReadOnly()) {
        Page shared = pages.set(page, pages.get(page).copy());
        shared.release();
      }
    }
  }

  /** Gives back the pages beyond this many positions. */
  public void truncate(int positions) {
    while (pages.size() > pagesFor(positions)) {
      pages.removeLast().release();
    }
  }

  /** Returns how many pages this many positions take. */
  public static int pagesFor(int positions) {
    return (positions + PAGE - 1) / PAGE;
  }

  /** Returns the bytes that the pages take, those that are shared or mapped included. */
  public long bytes() {
    return (long) pages.size() * pageBytes();
  }

  /** Returns the bytes of a page, in memory and in a file. */
  public int pageBytes() {
    return type.pageBytes(shape);
  }

  /**
   * Writes one of the pages of the first {@code positions}, and nothing of what comes behind them.
   *
   * @param to {@link #pageBytes()} bytes
   */
  public void write(int page, int positions, MemorySegment to) {
    Page from = pages.get(page);
    int used = positions - page * PAGE;
    if (used >= PAGE) {
      from.write(to);
      return;
    }
    Page copy = from.copy();
    copy.clearFrom(used);
    copy.write(to);
    copy.release();
  }

  /**
   * Takes the keys and values of the first positions from a file that {@link #write} has written,
   * in place of what this cache held.
   *
   * @param from the pages one after another
   * @param copied whether they are copied now; if not, {@code from} is read as long as this cache
   *     or a fork uses them
   */
  public void read(int positions, MemorySegment from, boolean copied) {
    truncate(0);
    for (int page = 0; page < pagesFor(positions); page++) {
      MemorySegment data = from.asSlice((long) page * pageBytes(), pageBytes());
      if (copied) {
        Page own = type.newPage(shape, counter);
        own.read(data);
        pages.add(own);
      } else {
        pages.add(new MappedPage(type, shape, counter, data));
      }
    }
  }

  /** Stores one position's key and value rows, each [head][number], at the given offset. */
  void store(int layer, int position, float[] key, float[] value, int offset) {
    pages.get(position / PAGE).store(layer, position % PAGE, key, value, offset);
  }

  /** Reads a page's keys of one head as [number][position]. */
  void readKeys(int layer, int page, int head, float[] to) {
    pages.get(page).readKeys(layer, head, to);
  }

  /** Reads a page's values of one head as [position][number]. */
  void readValues(int layer, int page, int head, float[] to) {
    pages.get(page).readValues(layer, head, to);
  }
}
