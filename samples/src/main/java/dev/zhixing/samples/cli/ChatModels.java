package dev.zhixing.samples.cli;

import dev.langchain4j.model.chat.StreamingChatModel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a command's chat model comes from. */
@FunctionalInterface
interface ChatModels {

  /**
   * The model of a file.
   *
   * @param gguf the file, or null for the embedded model
   * @throws RuntimeException if there is no such model; the message says why
   */
  StreamingChatModel load(@Nullable Path gguf);
}
