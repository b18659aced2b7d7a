package dev.zhixing.chat;

import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.zhixing.engine.sampling.Sampler;
import dev.zhixing.engine.sampling.SamplingOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a chat model behaves. Immutable.
 *
 * @param modelName what responses call the model, null for the file's {@code general.name}
 * @param defaults parameters of requests that don't say otherwise
 * @param listeners who hears of requests and responses
 * @param conversations how many keep their tokens between requests, 1 or more
 * @param promptCache a folder where openings of {@code zhixing-1} conversations are kept, or null
 * @param chatTemplate a chat template in place of the file's, null for the file's own
 * @param sampling makes the sampler of a request; for samplers of one's own
 */
public record LocalChatOptions(
    @Nullable String modelName,
    ChatRequestParameters defaults,
    List<ChatModelListener> listeners,
    int conversations,
    @Nullable Path promptCache,
    @Nullable String chatTemplate,
    Function<SamplingOptions, Sampler> sampling) {

  /** Checks the number and copies the list. */
  public LocalChatOptions {
    listeners = List.copyOf(listeners);
    if (conversations < 1) {
      throw new IllegalArgumentException(
          "conversations: expected at least 1, found " + conversations);
    }
  }

  /** Four conversations, nothing else. */
  public static LocalChatOptions standard() {
    return new LocalChatOptions(
        null,
        DefaultChatRequestParameters.EMPTY,
        List.of(),
        4,
        null,
        null,
        SamplingOptions::sampler);
  }

  /** With parameters of requests that don't say otherwise. */
  public LocalChatOptions withDefaults(ChatRequestParameters value) {
    return new LocalChatOptions(
        modelName, value, listeners, conversations, promptCache, chatTemplate, sampling);
  }

  /** With the name that responses call the model. */
  public LocalChatOptions withModelName(String value) {
    return new LocalChatOptions(
        value, defaults, listeners, conversations, promptCache, chatTemplate, sampling);
  }

  /** With these listeners. */
  public LocalChatOptions withListeners(List<ChatModelListener> value) {
    return new LocalChatOptions(
        modelName, defaults, value, conversations, promptCache, chatTemplate, sampling);
  }

  /** With a folder for openings. */
  public LocalChatOptions withPromptCache(Path value) {
    return new LocalChatOptions(
        modelName, defaults, listeners, conversations, value, chatTemplate, sampling);
  }

  /** With a chat template in place of the file's. */
  public LocalChatOptions withChatTemplate(String value) {
    return new LocalChatOptions(
        modelName, defaults, listeners, conversations, promptCache, value, sampling);
  }

  /** With samplers of one's own. */
  public LocalChatOptions withSampling(Function<SamplingOptions, Sampler> value) {
    return new LocalChatOptions(
        modelName, defaults, listeners, conversations, promptCache, chatTemplate, value);
  }
}
