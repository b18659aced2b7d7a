package dev.zhixing.agent.journal;

import java.io.Closeable;
import java.io.IOException;

/** The end of a file. */
interface Appender extends Closeable {
  /** Writes {@code bytes}; if {@code lasting}, they and all before them are on the disk then. */
  void append(byte[] bytes, boolean lasting) throws IOException;
}
