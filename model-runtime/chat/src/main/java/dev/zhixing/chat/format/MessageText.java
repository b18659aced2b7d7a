package dev.zhixing.chat.format;

import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import java.util.Locale;

/** The text of messages that could have other contents, which models here do not read. */
public final class MessageText {
  private MessageText() {}

  /**
   * Returns all texts, on lines of their own.
   *
   * @throws UnsupportedFeatureException if there is something else, such as an image
   */
  public static String of(UserMessage message) {
    StringBuilder text = new StringBuilder();
    for (Content content : message.contents()) {
      if (!(content instanceof TextContent part)) {
        throw new UnsupportedFeatureException(
            "user message: expected text, found "
                + content.type().name().toLowerCase(Locale.ROOT)
                + "; input other than text, such as an image, is not supported by this model");
      }
      text.append(text.isEmpty() ? "" : "\n").append(part.text());
    }
    return text.toString();
  }

  /**
   * Returns a tool's result.
   *
   * @throws UnsupportedFeatureException if it is something else than one text
   */
  public static String of(ToolExecutionResultMessage message) {
    if (!message.hasSingleText()) {
      throw new UnsupportedFeatureException(
          "result of "
              + message.toolName()
              + ": expected a single text, found non-text content, which is not supported by this"
              + " model");
    }
    return message.text();
  }
}
