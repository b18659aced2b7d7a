package dev.zhixing.chat;

import dev.langchain4j.data.message.AiMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request as tokens. Immutable. */
interface Prompt {
  /** The positions of some of its tokens, {@code to} excluded. */
  record Region(int from, int to) {}

  /**
   * A turn of which the tokens are kept.
   *
   * @param message with its tokens where they are not the ones that its text would be split into
   * @param divergence where the format writes the conversation otherwise now, or null
   */
  record Kept(AiMessage message, @Nullable String divergence) {}

  /** All tokens, with the assistant's cue at the end. Do not modify. */
  int[] ids();

  /** How many of them come before anything that anybody said; 0 where that is not known. */
  int opening();

  /** Where tools' results stand, in order. */
  List<Region> results();

  /** Whether the cue has begun a thinking section. */
  boolean isThinking();

  /** Keeps the tokens of the turn that was generated, for requests that go on from it. */
  Kept remember(AiMessage message, Turn turn);
}
