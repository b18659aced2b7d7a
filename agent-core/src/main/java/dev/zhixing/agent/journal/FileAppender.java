package dev.zhixing.agent.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The end of a file. An interrupt of a thread closes the channel that it writes to; so that an
 * interrupt, which cancels a run, does not end its journal, each write is done on a thread that
 * nobody knows.
 */
final class FileAppender implements Appender {
  private final FileChannel channel;
  private final AutoCloseable lock;

  /** Appends at the position of {@code channel}; at the end gives {@code lock} free. */
  FileAppender(FileChannel channel, AutoCloseable lock) {
    this.channel = channel;
    this.lock = lock;
  }

  @Override
  public void append(byte[] bytes, boolean lasting) throws IOException {
    CompletableFuture<Integer> done = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("zhixing-journal")
        .start(
            () -> {
              try {
                done.complete(write(bytes, lasting));
              } catch (IOException | RuntimeException e) { // thrown again where it is waited for
                done.completeExceptionally(e);
              }
            });
    try {
      done.join(); // which an interrupt does not end
    } catch (CompletionException e) {
      throw e.getCause() instanceof IOException io
          ? new IOException(io.getMessage(), io)
          : new IOException(e.getCause());
    }
  }

  private int write(byte[] bytes, boolean lasting) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
    if (lasting) {
      channel.force(false);
    }
    return bytes.length;
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      lock.close();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
