package dev.zhixing.training;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** Numbers to and from a file, little-endian, through one buffer. */
final class FloatChannel {
  private final FileChannel channel;
  private final ByteBuffer buffer =
      ByteBuffer.allocateDirect(1 << 20).order(ByteOrder.LITTLE_ENDIAN);

  FloatChannel(FileChannel channel) {
    this.channel = channel;
  }

  void writeLong(long value) throws IOException {
    buffer.clear().putLong(value).flip();
    drain();
  }

  long readLong() throws IOException {
    fill(Long.BYTES);
    return buffer.getLong();
  }

  void write(float[] values) throws IOException {
    int chunk = buffer.capacity() / Float.BYTES;
    for (int from = 0; from < values.length; from += chunk) {
      int count = Math.min(chunk, values.length - from);
      buffer.clear();
      buffer.asFloatBuffer().put(values, from, count);
      buffer.limit(count * Float.BYTES);
      drain();
    }
  }

  void read(float[] values) throws IOException {
    int chunk = buffer.capacity() / Float.BYTES;
    for (int from = 0; from < values.length; from += chunk) {
      int count = Math.min(chunk, values.length - from);
      fill(count * Float.BYTES);
      buffer.asFloatBuffer().get(values, from, count);
    }
  }

  private void drain() throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  private void fill(int bytes) throws IOException {
    buffer.clear().limit(bytes);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException("the file ends early");
      }
    }
    buffer.flip();
  }
}
