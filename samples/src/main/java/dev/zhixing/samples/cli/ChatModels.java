package dev.zhixing.samples.cli;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.zhixing.agent.AgentBuilder;
import dev.zhixing.agent.Memory;

/** Where a command's chat model comes from. */
@FunctionalInterface
interface ChatModels {

  /** The chosen model. Where it cannot be loaded or reached, the first question to it fails. */
  StreamingChatModel load(ModelChoice choice);

  /**
   * The chosen model with nothing in its cache, neither from before in this process nor from disk:
   * what an evaluation measures must not depend on what ran before it.
   *
   * @throws RuntimeException if it cannot be loaded; the message says why
   */
  default StreamingChatModel fresh(ModelChoice choice) {
    return load(choice);
  }

  /** A memory that keeps a conversation within what the chosen model can read at once. */
  default Memory window(ModelChoice choice) {
    return Memory.NONE;
  }

  /** Gives an agent what only a model in this process can do well. */
  default void addPorts(AgentBuilder builder, ModelChoice choice) {}

  /**
   * Waits until the chosen model is loaded; a remote one always is.
   *
   * @throws RuntimeException if it cannot be; the message says why
   */
  default void await(ModelChoice choice) {}

  /**
   * The SHA-256 of the chosen model's file in hexadecimal; empty for a model without a file here.
   *
   * @throws java.io.UncheckedIOException if the file cannot be read
   */
  default String sha256(ModelChoice choice) {
    return "";
  }
}
