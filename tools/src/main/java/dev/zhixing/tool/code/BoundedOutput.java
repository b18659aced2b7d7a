package dev.zhixing.tool.code;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps the first bytes that a program prints and stops the program when there are more. */
final class BoundedOutput extends ByteArrayOutputStream {

  private final int limit;

  BoundedOutput(int limit) {
    super(Math.min(limit, 1024));
    this.limit = limit;
  }

  @Override
  public synchronized void write(int b) {
    require(1);
    super.write(b);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    int room = Math.min(length, limit - size());
    super.write(bytes, offset, room);
    require(length - room);
  }

  private void require(int more) {
    if (more > 0 && size() + more > limit) {
      throw new Exceeded();
    }
  }

  /** The text so far; a character that was cut at the limit is left out. */
  synchronized String text() {
    String text = toString(StandardCharsets.UTF_8);
    boolean cut = size() == limit && text.endsWith("\uFFFD");
    return cut ? text.substring(0, text.length() - 1) : text;
  }

  /** The program printed more than it may. */
  static final class Exceeded extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
