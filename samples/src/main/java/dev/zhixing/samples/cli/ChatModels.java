package dev.zhixing.samples.cli;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.zhixing.agent.Memory;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a command's chat model comes from. */
@FunctionalInterface
interface ChatModels {

  /**
   * The model of a file. Where it cannot be loaded, the first question to it fails.
   *
   * @param gguf the file, or null for the embedded model
   */
  StreamingChatModel load(@Nullable Path gguf);

  /** A memory that keeps a conversation within what the model of this file can read at once. */
  default Memory window(@Nullable Path gguf) {
    return Memory.NONE;
  }

  /**
   * Waits until the model of this file is loaded.
   *
   * @throws RuntimeException if it cannot be; the message says why
   */
  default void await(@Nullable Path gguf) {}
}
