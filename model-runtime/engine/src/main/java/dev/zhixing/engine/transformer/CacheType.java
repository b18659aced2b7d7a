package dev.zhixing.engine.transformer;

/** How the numbers of keys and values are stored in a cache. */
public enum CacheType {
  /** Half precision: 2 bytes a number. */
  F16(1) {
    @Override
    Page newPage(PageShape shape, PageCounter counter) {
      return new HalfPage(shape, counter);
    }

    @Override
    int partBytes(PageShape shape) {
      return Short.BYTES * shape.numbers();
    }
  },
  /** Single precision: 4 bytes a number, for comparisons. */
  F32(0) {
    @Override
    Page newPage(PageShape shape, PageCounter counter) {
      return new FloatPage(shape, counter);
    }

    @Override
    int partBytes(PageShape shape) {
      return Float.BYTES * shape.numbers();
    }
  },
  /** Eight bits a number and a half-precision scale for each 32 of a head's numbers. */
  Q8_0(8) {
    @Override
    Page newPage(PageShape shape, PageCounter counter) {
      return new BytePage(shape, counter);
    }

    @Override
    int partBytes(PageShape shape) {
      return shape.numbers() + Short.BYTES * shape.scales();
    }
  };

  private final int id;

  CacheType(int id) {
    this.id = id;
  }

  /** Returns the type's number in files, which is ggml's. */
  public int id() {
    return id;
  }

  /** Makes an empty page. */
  abstract Page newPage(PageShape shape, PageCounter counter);

  /** The bytes of a layer's keys in a page, and likewise of its values. */
  abstract int partBytes(PageShape shape);

  /** The bytes of a page. */
  int pageBytes(PageShape shape) {
    return Math.multiplyExact(2 * shape.layers(), partBytes(shape));
  }
}
