package dev.zhixing.chat;

import dev.langchain4j.data.message.ChatMessage;
import dev.zhixing.chat.format.TurnFormat;
import java.util.List;

/**
 * Conversations as tokens, in one format. What the model generated stays as the tokens it
 * generated, as far as the format lets it. Safe for all threads.
 */
sealed interface Transcripts permits OwnTranscripts, TemplateTranscripts {
  /** How turns are written. */
  TurnFormat format();

  /** What tells the format from others of the same model. */
  String template();

  /**
   * A request as tokens.
   *
   * @throws dev.langchain4j.exception.UnsupportedFeatureException for content that the format can't
   *     say, such as images
   * @throws dev.langchain4j.exception.InvalidRequestException if a chat template refuses it
   */
  Prompt prompt(Wishes wishes, List<ChatMessage> messages);
}
