package dev.zhixing.samples.cli;

import org.jspecify.annotations.Nullable;

/** Asks a person for a line. */
@FunctionalInterface
interface Prompt {

  /** Shows {@code question} and waits; null at the end of input. */
  @Nullable String ask(String question);
}
